// What a call costs, in headless Chromium and in Node: the package, and the same by hand with zod.
// Run by `cargo xtask bench calls`.
import { createServer } from "node:http";
import { openSpace } from "../../tests/support/emulator.js";
import { listen } from "../../tests/support/server.js";
import { startBrowser } from "../harness/browser.js";
import { compare, rounds } from "../harness/compare.js";
import { comparison, saveResults, summary, version } from "../harness/report.js";
import { mintToken } from "../harness/steps.js";
import { contenders, names, time, tokensOf } from "./work.js";

/** The columns in the summary. */
const COLUMNS = { "by hand, with zod": "by hand", "divar-chat-media": "divar-chat-media" };

/** An app's route for tokens that answers at once, since a page has no key. */
async function startApp() {
  const server = createServer((request, answer) => {
    request.resume();
    answer.setHeader("Access-Control-Allow-Origin", "*");
    answer.setHeader("Access-Control-Allow-Headers", "*");
    answer.setHeader("Access-Control-Max-Age", "7200");
    answer.setHeader("Content-Type", "application/json").end('{"token":"an-upload-token"}');
  });
  return listen(server);
}

/** The microseconds of each call by each contender, where `timed` runs it. */
function compareCalls(timed, tokenOptions) {
  const measure = async (call, contender) => {
    const space = openSpace();
    const tokens = [];
    while (tokens.length < tokensOf(call)) tokens.push(await mintToken(space));
    const settings = { chatUrl: space.base, tokens, token: tokenOptions(space) };
    const microseconds = await timed(call, contender, settings);
    await space.clear();
    return microseconds;
  };
  return compare({
    cases: names,
    contenders: Object.keys(contenders),
    rounds: rounds(),
    measure,
    // The engine optimises what runs often.
    warmUp: measure,
  });
}

async function inChromium(app) {
  const browser = await startBrowser([], [new URL("page.js", import.meta.url).href]);
  try {
    const page = await browser.openPage({});
    const run = ([call, contender, settings]) => globalThis.bench.time(call, contender, settings);
    const timed = (...values) => page.evaluate(run, values);
    const times = await compareCalls(timed, () => ({ endpoint: app.url }));
    return { place: `Chromium ${browser.version}`, times };
  } finally {
    await browser.close();
  }
}

async function inNode() {
  const times = await compareCalls(time, ({ base, key }) => ({ openApiUrl: base, apiKey: key }));
  return { place: `Node ${process.versions.node}`, times };
}

const app = await startApp();
try {
  const measured = [await inChromium(app), await inNode()];
  const times = Object.fromEntries(
    measured.flatMap(({ place, times }) =>
      Object.entries(times).map(([call, all]) => [`${call}, ${place.split(" ")[0]}`, all]),
    ),
  );
  saveResults("calls", {
    title: "What a call costs",
    text: comparison({ of: "call", times, unit: "µs", digits: 2, ratio: "time, by hand = 1" }),
    conditions: [...measured.map(({ place }) => place), version("zod")],
    summary: summary(times, COLUMNS, { unit: "µs", digits: 2 }),
  });
} finally {
  app.close();
}
