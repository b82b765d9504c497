// The handler's own time for a token, in workerd, beside a Worker written by hand.
// Run by `cargo xtask bench`.
import { Agent, createServer, request } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { bundleWorkers, startWorkerd } from "../../tests/workerd.js";
import { line, machine, median } from "../report.js";

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
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
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

function table(times) {
  const reference = median(times["by-hand"]);
  const rows = Object.entries({ "by hand": times["by-hand"], "divar-chat-media": times.ours });
  const header = ["a token in workerd", "rounds", "median µs", "min–max", "time, by hand = 1"];
  const cells = rows.map(([name, all]) => {
    const spread = `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)}`;
    const ratio = (median(all) / reference).toFixed(2);
    return [name, all.length, median(all).toFixed(0), spread, ratio];
  });
  return [header, ["---", "---:", "---:", "---:", "---:"], ...cells].map(line).join("\n");
}

const upstream = await startUpstream();
const workers = await bundleWorkers(new URL("./", import.meta.url), ["ours.js", "by-hand.js"]);
const env = { ...process.env, UPSTREAM: `http://127.0.0.1:${upstream.address().port}` };
const { urls, stop } = await startWorkerd(workers.config, { count: 2, env });
try {
  console.log(`\n${table(await compare(urls))}\n`);
  console.log(`workerd ${version}; ${REQUESTS} requests a round, one after the other; ${machine}.`);
} finally {
  await stop();
  agent.destroy();
  upstream.closeAllConnections();
  upstream.close();
  workers.remove();
}
