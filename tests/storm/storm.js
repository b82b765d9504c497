// A storm of faults: many small uploads, about a third of which meet one. Run by
// `cargo xtask storm`.
import { parseArgs } from "node:util";
import { countTimers } from "./count.js";

const { left, real } = countTimers();
const main = await import("divar-chat-media");
const edge = await import("divar-chat-media/edge");
const { upload } = await import("./upload.js");
const { pick } = await import("./weather.js");

const AT_ONCE = 32;
const { values } = parseArgs({
  options: {
    uploads: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const uploads = Number(values.uploads);
const seed = Number(values.seed);
const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;

/** Random numbers that the seed gives again (mulberry32). */
function randomFrom(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A space of the emulator for one upload, so that it alone meets its faults. */
function spaceFor(number) {
  const base = `${url}/@storm-${seed}-${number}`;
  const ask = async (path, init) => {
    const answer = await fetch(`${base}/__emulator${path}`, init);
    if (!answer.ok) throw new Error(`the emulator answers ${path} with ${answer.status}`);
    return answer.text();
  };
  const headers = { "Content-Type": "application/json" };
  return {
    base,
    key,
    script: async (faults) => {
      if (faults.length === 0) return;
      await ask("/faults", { method: "POST", headers, body: JSON.stringify({ faults }) });
    },
    arrived: async () => {
      const { requests } = JSON.parse(await ask("/requests"));
      const { messages } = JSON.parse(await ask("/messages"));
      return { uploads: requests.flatMap((request) => request.upload ?? []), messages };
    },
    forget: () => ask("", { method: "DELETE" }),
  };
}

const table = new Map();
const complaints = [];

async function one(number) {
  const random = randomFrom(seed * 1_000_003 + number);
  const weather = pick(random());
  const emulator = spaceFor(number);
  const wrong = await upload({ main, edge, emulator, timers: real, weather, random });
  const row = table.get(weather.name) ?? { expected: expected(weather), met: 0, right: 0 };
  row.met += 1;
  if (wrong.length === 0) row.right += 1;
  else complaints.push(`upload ${number}, ${weather.name}: ${wrong.join("; ")}`);
  table.set(weather.name, row);
  done += 1;
  if (done % 200 === 0) console.log(`  ${done} …`);
}

const expected = ({ fails }) => (fails ? `${fails.stage} ${fails.code}` : "sent");

console.log(`${uploads} uploads, ${AT_ONCE} at once, seed ${seed}`);
const begun = performance.now();
let next = 0;
let done = 0;
const worker = async () => {
  while (next < uploads) {
    next += 1;
    await one(next);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
const took = (performance.now() - begun) / 1000;

if (left() > 0) complaints.push(`${left()} timers are left`);
const rows = [...table].sort(([, a], [, b]) => b.met - a.met);
console.table(Object.fromEntries(rows));
for (const complaint of complaints) console.log(complaint);
const right = rows.reduce((sum, [, row]) => sum + row.right, 0);
const calm = table.get("calm")?.met ?? 0;
console.log(`${uploads - calm} of ${uploads} met a fault; ${took.toFixed(1)} s; seed ${seed}`);
console.log(`${right} passed, ${uploads - right + (left() > 0 ? 1 : 0)} failed`);
process.exitCode = complaints.length > 0 ? 1 : 0;
