// The cases of every runtime. A new file of cases is imported here.

import { openSpace } from "../support/emulator.js";
import { withTimeout } from "../support/wait.js";
import { handler } from "./handler.js";
import { prepare } from "./prepare.js";
import { queue } from "./queue.js";
import { send } from "./send.js";
import { steps } from "./steps.js";
import { streams } from "./streams.js";
import { NotHere } from "./support.js";
import { validation } from "./validation.js";

const cases = { ...steps, ...streams, ...send, ...queue, ...handler, ...prepare, ...validation };

export const names = Object.keys(cases);

/** The traits in which runtimes differ; these are the defaults. */
const usual = {
  /** A page or a worker of one, where the key is refused unless `dangerouslyAllowBrowser`. */
  isBrowser: false,
  /** The script has an address of its own, which an `endpoint` may be relative to. */
  hasLocation: false,
  /** Progress is reported between the start and the end, so that a stall is seen. */
  seesBytesMove: true,
  /** It may read a whole body before it is connected: the bytes that were read have not been sent yet. */
  takesAhead: false,
  /** A request's body can be sent while it is being written; browsers do so over HTTP/2 only. */
  streamsBodies: true,
  /** There are canvases, and what decodes pictures. */
  draws: false,
  /** A module is compiled while a script waits; pages before Chrome 96 refuse more than 4 KB. */
  compilesAtOnce: true,
  /** Code can be loaded by `import()`, and is not all in one bundle. */
  loadsParsers: true,
  /** `abort(reason)` is known, which came with Chrome 98. */
  signalsHaveReasons: true,
};

/** The limit of a case, in milliseconds. */
const LIMIT = 60_000;

/**
 * Runs one case and returns its outcome.
 *
 * @param {string} name the case's
 * @param {{ main: object, edge: object, prepare: object, traits?: Partial<typeof usual> }} place the package's three
 *   entries, and in what this runtime differs
 * @param {{ url: string, key: string, app: string }} address the emulator's, and of an app's server
 */
export async function outcomeOf(name, place, address) {
  const start = performance.now();
  const outcome = await settled(cases[name], runtimeOf(place, address));
  return { name, ...outcome, ms: Math.round(performance.now() - start) };
}

function runtimeOf({ main, edge, prepare, traits: own }, address) {
  const traits = { ...usual, ...own };
  const emulator = openSpace(address);
  const app = { endpoint: address.app + emulator.path, chatUrl: emulator.base };
  const allow = traits.isBrowser ? { dangerouslyAllowBrowser: true } : {};
  /** The options of the secret side. */
  const secret = { apiKey: emulator.key, openApiUrl: emulator.base, ...allow };
  return { main, edge, prepare, traits, emulator, app, secret };
}

async function settled(run, runtime) {
  try {
    await withTimeout(run(runtime), LIMIT);
    return { result: "passed" };
  } catch (error) {
    if (error instanceof NotHere) return { result: "not here", reason: error.message };
    const place = error?.stack?.split("\n").slice(0, 6).join("\n");
    return { result: "failed", reason: `${error}`, place };
  }
}
