// Should the module trap all the same: what was under way fails at once, and the
// next call works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildMediaMessage, getUploadToken, isDivarError } from "divar-chat-media";
import { until } from "./support.js";

const { DIVAR_EMULATOR_URL: openApiUrl, DIVAR_EMULATOR_KEY: apiKey } = process.env;

/** (module (func (export "trap") unreachable)) */
const TRAPPING = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 0x74, 0x72, 0x61,
  0x70, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);
const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAPPING)).exports;

/**
 * Lets the module trap in its next call: what runs its futures asks for `queueMicrotask` and expects no
 * exception of it.
 */
async function trapping(call) {
  const real = globalThis.queueMicrotask;
  globalThis.queueMicrotask = trap;
  try {
    return await call();
  } finally {
    globalThis.queueMicrotask = real;
  }
}

const base = `${openApiUrl}/@trap-${process.pid}`;
const script = (fault) =>
  fetch(`${base}/__emulator/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ faults: [fault] }),
  });
const mint = (options) => getUploadToken({ apiKey, openApiUrl: base, ...options });

test("a trap is an error of ours, and the calls after it work", async () => {
  const error = await trapping(() => mint().catch((reason) => reason));
  assert.ok(isDivarError(error), String(error));
  assert.equal(error.code, "internal");
  assert.equal(error.stage, "token");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.match(error.userMessage.fa, /دوباره/);

  assert.equal(typeof (await mint()), "string");
  assert.deepEqual(buildMediaMessage("m"), { media_token: "m" });
});

test("the calls beside a trap settle at once and do nothing more", async () => {
  await script({ on: "token", times: 2, status: { status: 429, retry_after: "1" } });
  const beside = [mint(), mint()].map((call) => call.catch((reason) => reason));
  const answered = async () => {
    const { requests } = await (await fetch(`${base}/__emulator/requests`)).json();
    return requests.filter(({ outcome }) => outcome === 429).length;
  };
  await until(async () => (await answered()) === 2);
  const before = performance.now();
  await trapping(() => assert.rejects(mint(), { code: "internal" }));
  for (const error of await Promise.all(beside)) assert.equal(error.code, "internal");
  assert.ok(performance.now() - before < 900, "they did not wait for their next try");

  // Their next tries would have been made by the time of an answer given later.
  await script({ on: "token", delay: { ms: 1500 } });
  const { requests } = await (await fetch(`${base}/__emulator/requests`)).json();
  await mint();
  const after = await (await fetch(`${base}/__emulator/requests`)).json();
  assert.equal(after.requests.length, requests.length + 1);
});
