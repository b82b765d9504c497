// An example, started by its own command over a space of the emulator.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { openSpace } from "../support/emulator.js";
import { until } from "../support/wait.js";

/** What the examples allow to be written to. */
export const CONVERSATION = "6Gq+m/D7=";

/** `npm start` builds the page first. */
const TIME_TO_START = 240_000;

/** @param {string} path below `examples/` */
export const folderOf = (path) => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

/**
 * Starts `examples/{name}`.
 *
 * @param {string} name
 * @param {{ script?: string, env?: Record<string, string> }} [options] the npm script, and further
 * variables of the environment
 */
export async function start(name, { script = "start", env } = {}) {
  const emulator = openSpace();
  const port = String(await freePort());
  const child = spawn("npm", ["run", script], {
    cwd: folderOf(name),
    env: { ...settings(emulator), ...env, PORT: port },
    // A group of its own, since npm starts the server as a child.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  const ended = once(child, "exit");
  const close = async () => {
    if (child.exitCode === null) process.kill(-child.pid);
    await ended;
  };
  const address = `http://127.0.0.1:${port}/`;
  const answers = () => fetch(address).then(Boolean, () => child.exitCode !== null);
  try {
    await until(answers, TIME_TO_START);
    if (child.exitCode !== null) throw new Error("it ended");
  } catch (cause) {
    await close();
    throw new Error(`${name} did not start:\n${output.join("")}`, { cause });
  }
  return { url: address, endpoint: `${address}divar`, emulator, close };
}

/** The environment of an example. Those that Vite builds read their page's part under other names. */
function settings({ base, key }) {
  const settings = {
    ...process.env,
    DIVAR_API_KEY: key,
    DIVAR_OPEN_API_URL: base,
    DIVAR_CHAT_URL: base,
    DIVAR_CONVERSATION_ID: CONVERSATION,
    VITE_DIVAR_CHAT_URL: base,
    VITE_DIVAR_CONVERSATION_ID: CONVERSATION,
    // wrangler reads the environment only if it is asked to, and calls Cloudflare unless it is kept from it.
    CLOUDFLARE_INCLUDE_PROCESS_ENV: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    NEXT_TELEMETRY_DISABLED: "1",
    DENO_NO_UPDATE_CHECK: "1",
  };
  // `next build` chooses it.
  delete settings.NODE_ENV;
  return settings;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
