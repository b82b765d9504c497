// Objects of another realm, as test runners and their DOM environments have.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import vm from "node:vm";
import { headerOf, openSpace } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";

const require = createRequire(import.meta.url);

const emulator = openSpace();
const secret = { apiKey: emulator.key, openApiUrl: emulator.base, retries: 0 };

/** The package inside of a test runner's realm: the language is its own, the platform is Node's. */
function loadInRealm() {
  const context = vm.createContext({});
  const own = new Set(vm.runInContext("Object.getOwnPropertyNames(globalThis)", context));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (own.has(name)) continue;
    Object.defineProperty(context, name, Object.getOwnPropertyDescriptor(globalThis, name));
  }
  const load = (entry) => {
    const source = readFileSync(require.resolve(entry), "utf8");
    const wrapper = vm.runInContext(`(function (exports, require, module) {${source}\n})`, context);
    const module = { exports: {} };
    wrapper(module.exports, require, module);
    return module.exports;
  };
  const inside = (script) => vm.runInContext(script, context);
  return { main: load("divar-chat-media"), edge: load("divar-chat-media/edge"), inside };
}

const { main, edge, inside } = loadInRealm();

test("the test runner's realm has its own built-in objects", () => {
  assert.notEqual(inside("Uint8Array"), Uint8Array);
  assert.equal(inside("Blob"), Blob);
});

test("uploads a File or Blob under a signal, whatever realm they and the options are of", async () => {
  inside("globalThis").bytes = JPEG;
  for (const file of [
    new File([JPEG], "a.jpg", { type: "image/jpeg" }),
    new Blob([JPEG], { type: "image/jpeg" }),
    inside("new File([Uint8Array.from(bytes)], 'a.jpg', { type: 'image/jpeg' })"),
  ]) {
    for (const { signal } of [new AbortController(), inside("new AbortController()")]) {
      for (const onProgress of [undefined, () => {}, inside("() => {}")]) {
        const token = await edge.getUploadToken({ ...secret, signal });
        const options = { token, chatUrl: emulator.base, signal, onProgress };
        await main.uploadMedia(file, "image", options);
        const { upload } = (await emulator.requests()).at(-1);
        assert.equal(upload.sha256, await sha256(JPEG));
      }
    }
  }
});

test("a handler in the realm reads requests and relays files of the platform's", async () => {
  const authorize = () => ({ conversations: ["c"], types: ["image"], uploadToken: true });
  const handle = edge.createMediaHandler({
    ...secret,
    chatUrl: emulator.base,
    authorize,
    relay: true,
    allowedOrigins: ["https://a.example"],
  });
  const ask = (path, type, body) =>
    handle(
      new Request(`https://app.example/divar${path}`, {
        method: "POST",
        headers: { "Content-Type": type },
        body,
      }),
    );
  assert.equal((await ask("/token", "application/json", "{}")).status, 200);
  const relayed = await ask("/upload/image?name=a.jpg", "image/jpeg", JPEG);
  assert.equal(relayed.status, 200);
  const { upload } = (await emulator.requests()).at(-1);
  assert.equal(upload.sha256, await sha256(JPEG));
  const { id } = await relayed.json();
  const message = JSON.stringify({ conversation_id: "c", media_token: id });
  assert.equal((await ask("/messages", "application/json", message)).status, 200);
});

test("accepts headers, lists and functions of another realm", async () => {
  await emulator.fault({ on: "other", body: { text: '{"token":"t"}' } });
  const headers = inside("async () => ({ 'X-Csrf-Token': 'c' })");
  const { getUploadToken } = await import("divar-chat-media");
  assert.equal(await getUploadToken({ endpoint: emulator.base, headers }), "t");
  const request = (await emulator.requests()).at(-1);
  assert.equal(headerOf(request, "x-csrf-token"), "c");

  const buttons = inside(
    "({ rows: [{ buttons: [{ caption: 'c', \
    action: { open_server_link: { data: { a: [1] } } } }] }] })",
  );
  const { buildMediaMessage } = await import("divar-chat-media");
  const built = buildMediaMessage("m", { target: "chatbot", buttons });
  assert.deepEqual(built.buttons, JSON.parse(JSON.stringify(buttons)));
});
