// Many calls that share one signal: Node warns of a leak from the eleventh listener on.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { picture } from "../support/samples.js";

const CALLS = 20;

const emulator = openSpace();
const secret = { apiKey: emulator.key, openApiUrl: emulator.base, retries: 0 };
const warnings = [];
process.on("warning", (warning) => warnings.push(warning));

const all = (call) => Promise.all(Array.from({ length: CALLS }, call));
/** Node emits a warning in a later task. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("calls that share a signal give no warning and leave no listener", async () => {
  const { signal } = new AbortController();
  const tokens = await all(() => getUploadToken({ ...secret, signal }));
  await all((_, index) =>
    uploadMedia(picture(), "image", { token: tokens[index], chatUrl: emulator.base, signal }),
  );
  await turn();
  assert.deepEqual(warnings, []);
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});

test("an abort ends all calls that share the signal and leaves no listener", async () => {
  await emulator.fault({ on: "token", times: CALLS, delay: { ms: 20_000 } });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = all(() => getUploadToken({ ...secret, signal }).catch((reason) => reason));
  setTimeout(() => controller.abort("the user left"), 100);
  for (const reason of await calls) assert.equal(reason, "the user left");
  await turn();
  assert.deepEqual(warnings, []);
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});

test("failed calls leave no listener", async () => {
  const { signal } = new AbortController();
  await emulator.fault({ on: "token", times: CALLS, status: { status: 500 } });
  await Promise.allSettled(
    Array.from({ length: CALLS }, () => getUploadToken({ ...secret, signal })),
  );
  await turn();
  assert.deepEqual(warnings, []);
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});
