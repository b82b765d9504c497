// What a call costs, in headless Chromium and in Node: the package, and the same by hand with zod.
// Run by `cargo xtask bench calls`.
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { openSpace } from "../../tests/support/emulator.js";
import { listen } from "../../tests/support/server.js";
import { startBrowser } from "../browser.js";
import { order } from "../order.js";
import { cells, inShort, keep, table, version } from "../report.js";
import { contenders, names, time, tokensOf } from "./work.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "12" } } });
const rounds = Number(values.rounds);
/** In the report at a glance. */
const COLUMNS = { "by hand, with zod": "by hand", "divar-chat-media": "divar-chat-media" };

/** An app's route for tokens that answers at once, since a page holds no key. */
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

/** So many upload tokens, got before the clock runs. */
async function mint({ base, key }, count) {
  const headers = { "Content-Type": "application/json", "x-api-key": key };
  const url = `${base}/experimental/open-platform/chat/upload`;
  const tokens = [];
  while (tokens.length < count) {
    const answer = await fetch(url, { method: "POST", headers, body: "{}" });
    tokens.push((await answer.json()).token);
  }
  return tokens;
}

/** The microseconds that each call takes by each contender where `timed` runs it. */
async function compare(timed, token) {
  const by = Object.keys(contenders);
  const times = Object.fromEntries(
    names.map((name) => [name, Object.fromEntries(by.map((who) => [who, []]))]),
  );
  // The first round is for the engine, which learns what runs often.
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      for (const who of order(by, round)) {
        const space = openSpace();
        const { base, key } = space;
        const tokens = await mint(space, tokensOf(name));
        const settings = { chatUrl: base, tokens, token: token(base, key) };
        const took = await timed(name, who, settings);
        if (round > 0) times[name][who].push(took);
        await space.clear();
      }
    }
  }
  return times;
}

async function inChromium(app) {
  const browser = await startBrowser([], [new URL("page.js", import.meta.url).href]);
  const where = `Chromium ${browser.version}`;
  try {
    const page = await browser.openPage({});
    const run = ([name, who, settings]) => globalThis.bench.time(name, who, settings);
    const timed = (...values) => page.evaluate(run, values);
    return { where, times: await compare(timed, () => ({ endpoint: app.url })) };
  } finally {
    await browser.close();
  }
}

async function inNode() {
  const token = (openApiUrl, apiKey) => ({ openApiUrl, apiKey });
  return { where: `Node ${process.versions.node}`, times: await compare(time, token) };
}

const inEach = (measured, make) =>
  measured.flatMap(({ where, times }) =>
    Object.entries(times).flatMap(([name, contenders]) => make(where, name, contenders)),
  );

function tableOf(measured) {
  const rows = inEach(measured, (where, name, contenders) => {
    const [reference] = Object.values(contenders);
    return Object.entries(contenders).map(([who, all]) => {
      return [where, name, who, all.length, ...cells(all, reference, 2)];
    });
  });
  const columns = ["in", "call", "by", ">rounds", ">median µs", ">min–max", ">time, by hand = 1"];
  return table(columns, rows);
}

function glance(measured) {
  return inEach(measured, (where, name, contenders) => {
    const what = `${name}, ${where.split(" ")[0]}, µs`;
    return { what, by: inShort(COLUMNS, contenders, 2) };
  });
}

const app = await startApp();
try {
  const measured = [await inChromium(app), await inNode()];
  keep("calls", {
    title: "What a call costs",
    text: tableOf(measured),
    circumstances: [...measured.map(({ where }) => where), version("zod")],
    glance: glance(measured),
  });
} finally {
  app.close();
}
