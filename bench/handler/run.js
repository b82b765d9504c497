// The handler's own time for a token, in workerd, beside a Worker written by hand.
// Run by `cargo xtask bench`.
import { Agent, createServer, request } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { listen } from "../../tests/support/server.js";
import { bundleWorkers, startWorkerd } from "../../tests/support/workerd.js";
import { cells, keep, median, table } from "../report.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "12" } } });
const rounds = Number(values.rounds);
const REQUESTS = 500;
/** The longest for one request, in milliseconds. */
const LIMIT = 10_000;
const { version } = createRequire(import.meta.url)("workerd/package.json");

/** Stands for Divar, and answers at once: what takes time is the Worker. */
async function startUpstream() {
  const server = createServer((request, answer) => {
    request.resume();
    answer.setHeader("Content-Type", "application/json").end('{"token":"an-upload-token"}');
  });
  return listen(server);
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(url) {
  const headers = { "Content-Type": "application/json", "Content-Length": 2 };
  const signal = AbortSignal.timeout(LIMIT);
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/divar/token`, { method: "POST", agent, headers, signal });
    asking.on("error", reject).on("response", (answer) => resolve(text(answer)));
    asking.end("{}");
  });
}

/** Microseconds for each of so many requests, one after the other. */
async function time(url) {
  const begun = performance.now();
  for (let count = 0; count < REQUESTS; count += 1) {
    const { token } = JSON.parse(await ask(url));
    if (token !== "an-upload-token") throw new Error("a Worker gave no token");
  }
  return ((performance.now() - begun) * 1000) / REQUESTS;
}

async function compare(urls) {
  const names = ["by-hand", "ours"];
  const times = { "by-hand": [], ours: [] };
  for (const name of names) await time(urls[name]);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      times[name].push(await time(urls[name]));
    }
  }
  return times;
}

function tell({ "by-hand": byHand, ours }) {
  const row = (name, all) => [name, all.length, ...cells(all, byHand, 0)];
  const columns = ["a token in workerd", ">rounds", ">median µs", ">min–max", ">time, by hand = 1"];
  const by = {
    "divar-chat-media": median(ours).toFixed(0),
    "by hand": median(byHand).toFixed(0),
  };
  keep("handler", {
    title: "The handler",
    text: table(columns, [row("by hand", byHand), row("divar-chat-media", ours)]),
    circumstances: [`workerd ${version}`, `${REQUESTS} requests a round, one after the other`],
    glance: [{ what: `${columns[0]}, µs`, by }],
  });
}

const upstream = await startUpstream();
const workers = await bundleWorkers(new URL("./", import.meta.url), ["ours.js", "by-hand.js"]);
const env = { ...process.env, UPSTREAM: upstream.url };
const { urls, stop } = await startWorkerd(workers.config, { count: 2, env });
try {
  tell(await compare(urls));
} finally {
  await stop();
  agent.destroy();
  upstream.close();
  workers.remove();
}
