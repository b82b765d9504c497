// If the module traps, the calls in progress fail at once, and the next call works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildMediaMessage, getUploadToken, isDivarError } from "divar-chat-media";
import { openSpace } from "../support/emulator.js";
import { until } from "../support/wait.js";

/** (module (func (export "trap") unreachable)) */
const TRAPPING = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 0x74, 0x72, 0x61,
  0x70, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);
const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAPPING)).exports;

/**
 * Makes the module trap in its next call: the executor of its futures calls `queueMicrotask` and expects no
 * exception.
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

const emulator = openSpace();
const mint = (options) =>
  getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base, ...options });

test("a trap is a DivarMediaError, and later calls work", async () => {
  const error = await trapping(() => mint().catch((reason) => reason));
  assert.ok(isDivarError(error), String(error));
  assert.equal(error.code, "internal");
  assert.equal(error.stage, "token");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.match(error.userMessage.fa, /دوباره/);

  assert.equal(typeof (await mint()), "string");
  assert.deepEqual(buildMediaMessage("m"), { media_token: "m" });
});

test("concurrent calls settle at once after a trap and send nothing more", async () => {
  await emulator.fault({ on: "token", times: 2, status: { status: 429, retry_after: "1" } });
  const beside = [mint(), mint()].map((call) => call.catch((reason) => reason));
  const answered = async () =>
    (await emulator.requests()).filter(({ outcome }) => outcome === 429).length;
  await until(async () => (await answered()) === 2);
  const before = performance.now();
  await trapping(() => assert.rejects(mint(), { code: "internal" }));
  for (const error of await Promise.all(beside)) assert.equal(error.code, "internal");
  assert.ok(performance.now() - before < 900, "they did not wait for their next try");

  // Their next tries would have been made by the time of an answer given later.
  await emulator.fault({ on: "token", delay: { ms: 1500 } });
  const requests = await emulator.requests();
  await mint();
  assert.equal((await emulator.requests()).length, requests.length + 1);
});
