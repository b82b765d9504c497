// Files, signals and globals of other realms, as test runners have them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDivarError } from "divar-chat-media";
import { inspectMedia } from "divar-chat-media/prepare";
import { inRealm, PLATFORM } from "./realm.js";

const PDF = new Blob(["%PDF-1.7\n", "x".repeat(2_000), "\n%%EOF\n"]);

test("works without TextDecoder where Node has one, as in Jest with jsdom", async () => {
  const page = inRealm("page", { ...PLATFORM, process });
  assert.equal(page.buildMediaMessage("m").media_token, "m");
  const { inspectMedia } = inRealm("prepare", { ...PLATFORM, process });
  assert.equal((await inspectMedia(PDF)).format, "pdf");
});

test("wasm_unavailable says what is missing, and names a policy only for a CompileError", async () => {
  const { buildMediaMessage } = inRealm("page", PLATFORM);
  assert.throws(() => buildMediaMessage("m"), isUnavailable(/TextDecoder/, /unsafe-eval/));

  const { inspectMedia } = inRealm("prepare", { ...PLATFORM, TextDecoder, TextEncoder });
  assert.equal((await inspectMedia(PDF)).format, "pdf");

  const context = { ...PLATFORM, TextDecoder, TextEncoder };
  const refusing = inRealm("prepare", { ...context, WebAssembly: policy() });
  await assert.rejects(refusing.inspectMedia(PDF), isUnavailable(/wasm-unsafe-eval/, /jsdom/));
});

/** WebAssembly under a policy, as Chromium refuses it. */
const policy = () => ({
  compile: async () => {
    throw new WebAssembly.CompileError("violates the Content Security Policy directive");
  },
});

const isUnavailable = (words, others) => (error) => {
  assert.ok(isDivarError(error));
  assert.equal(error.code, "wasm_unavailable");
  assert.match(error.message, words);
  assert.doesNotMatch(error.message, others);
  assert.match(error.userMessage.en, /support/);
  assert.ok(error.cause);
  return true;
};

test("many calls share a signal without a warning of a leak", async () => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning.name);
  process.on("warning", warn);
  try {
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, () => inspectMedia(PDF, { signal })));
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(warnings, []);
  } finally {
    process.off("warning", warn);
  }
});

for (const [what, properties] of Object.entries({
  "slice throws": { slice: () => assert.fail("gone") },
  "size throws": {
    get size() {
      throw new Error("gone");
    },
  },
  "size is no number": { size: "many" },
  "size is too large": { size: 5_000 },
  "size is negative": { size: -1 },
  "slice gives no Blob": { slice: () => "" },
})) {
  test(`a file is unreadable if its ${what}`, async () => {
    const file = new Blob(["%PDF-1.7"]);
    Object.defineProperties(file, Object.getOwnPropertyDescriptors(properties));
    await assert.rejects(inspectMedia(file), { code: "file_unreadable", stage: "prepare" });
  });
}

test("a file is unreadable if its name throws", async () => {
  const { prepareMedia } = await import("divar-chat-media/prepare");
  const file = new File(["%PDF-1.7"], "a.pdf");
  Object.defineProperty(file, "name", {
    get() {
      throw new Error("gone");
    },
  });
  await assert.rejects(prepareMedia(file, "file"), { code: "file_unreadable" });
});
