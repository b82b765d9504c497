// The handler's own time for a token, in workerd, beside a Worker written by hand.
// Run by `cargo xtask bench`.
import { Agent, createServer, request } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { listen } from "../../tests/support/server.js";
import { bundleWorkers, startWorkerd } from "../../tests/support/workerd.js";
import { compare, rounds } from "../harness/compare.js";
import { comparison, saveResults, summary } from "../harness/report.js";

/** Ratios are to the first. */
const CONTENDERS = ["by-hand", "by-hand-checked", "divar-chat-media"];
const REQUESTS = 500;
/** The longest for one request, in milliseconds. */
const LIMIT = 10_000;
const { version } = createRequire(import.meta.url)("workerd/package.json");

/** A server that answers as Divar does, at once, so that the Worker alone takes time. */
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

/** Microseconds of a request, of many one after the other. */
async function time(url) {
  const start = performance.now();
  for (let count = 0; count < REQUESTS; count += 1) {
    const { token } = JSON.parse(await ask(url));
    if (token !== "an-upload-token") throw new Error("a Worker gave no token");
  }
  return ((performance.now() - start) * 1000) / REQUESTS;
}

const upstream = await startUpstream();
const workers = await bundleWorkers(
  new URL("contenders/", import.meta.url),
  CONTENDERS.map((name) => `${name}.js`),
);
const env = { ...process.env, UPSTREAM: upstream.url };
const { urls, stop } = await startWorkerd(workers.config, { count: CONTENDERS.length, env });
try {
  const measure = (_, contender) => time(urls[contender]);
  const times = await compare({
    cases: ["a token in workerd"],
    contenders: CONTENDERS,
    rounds: rounds(),
    measure,
    warmUp: measure,
  });
  const columns = { "divar-chat-media": "divar-chat-media", "by-hand": "by hand" };
  saveResults("handler", {
    title: "The handler",
    text: comparison({ of: "call", times, unit: "µs", digits: 0, ratio: "time, by hand = 1" }),
    conditions: [`workerd ${version}`, `${REQUESTS} requests a round, one after the other`],
    summary: summary(times, columns, { unit: "µs", digits: 0 }),
  });
} finally {
  await stop();
  agent.destroy();
  upstream.close();
  workers.remove();
}
