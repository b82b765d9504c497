// The three steps, their errors, limits and retries, in every runtime.
import { assert } from "chai";
import {
  assertReason,
  failure,
  JPEG,
  needs,
  rejection,
  sha256,
  thrown,
  uploaded,
} from "./support.js";

export const steps = {
  "a message is built before anything else was called": async ({ main, traits }) => {
    needs(traits.compilesAtOnce, "a page of this browser compiles no module while it waits");
    assert.deepEqual(main.buildMediaMessage("m"), { media_token: "m" });
  },

  "a message is built after an upload": async (runtime) => {
    const { id } = await uploaded(runtime);
    assert.deepEqual(runtime.main.buildMediaMessage(id), { media_token: id });
  },

  "the three steps put a file into a chat": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const { id } = await uploaded(runtime);
    const sent = await edge.sendMediaMessage(id, {
      ...secret,
      target: "chatbot",
      conversationId: "6Gq+m/D7=",
    });
    assert.deepEqual(sent, { conversationId: "6Gq+m/D7=" });

    const [, { upload }] = await emulator.requests();
    assert.strictEqual(upload.field, "file");
    assert.strictEqual(upload.file_name, "عکس.jpg");
    assert.strictEqual(upload.content_type, "image/jpeg");
    assert.strictEqual(upload.sha256, await sha256(JPEG));
    const [message] = await emulator.messages();
    assert.deepEqual(message.body, { media_token: id, text_message: "" });
    assert.strictEqual(message.media.sha256, await sha256(JPEG));
  },

  "bare bytes and the older scheme are taken too": async (runtime) => {
    await uploaded(runtime, { encoding: "binary", authScheme: "Basic" });
    const [, { headers, upload }] = await runtime.emulator.requests();
    assert.strictEqual(upload.encoding, "binary");
    assert.strictEqual(upload.sha256, await sha256(JPEG));
    const [, authorization] = headers.find(([name]) => name === "authorization");
    assert.match(authorization, /^Basic /);
  },

  "calls at the same time share one module": async (runtime) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => uploaded(runtime)));
    assert.strictEqual(new Set(all.map(({ id }) => id)).size, 20);
  },

  "a mistake is an error of ours before anything is sent": async (runtime) => {
    const { main, edge, emulator, secret } = runtime;
    for (const options of [undefined, {}, { apiKey: 7 }, { ...secret, openApiUrl: "ftp://x" }]) {
      const error = await failure(runtime, () => edge.getUploadToken(options));
      assert.strictEqual(error.code, "invalid_argument");
      assert.strictEqual(error.stage, "token");
    }
    const text = new Blob(["hello"], { type: "text/plain" });
    const chatUrl = emulator.base;
    const error = await failure(runtime, () =>
      main.uploadMedia(text, "image", { token: "t", chatUrl }),
    );
    assert.strictEqual(error.code, "unsupported_format");
    assert.strictEqual(thrown(() => main.buildMediaMessage()).code, "invalid_argument");
    assert.deepEqual(await emulator.requests(), []);
  },

  "Divar's refusal comes with its code and sentences": async (runtime) => {
    const { edge, secret } = runtime;
    const error = await failure(runtime, () => edge.getUploadToken({ ...secret, apiKey: "wrong" }));
    assert.strictEqual(error.code, "unauthorized");
    assert.strictEqual(error.status, 401);
    assert.strictEqual(error.divarCode, 16);
    assert.match(error.userMessage.fa, /دوباره/);
    assert.match(String(error), /^DivarMediaError: HTTP 401/);
    // Firefox's and Safari's stacks have the places alone.
    const hasTitle = new Error("title").stack.startsWith("Error: title");
    if (hasTitle) assert.match(error.stack, /^DivarMediaError: HTTP 401/);
  },

  "a page from the CDN and a dead host are told apart": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "upload", status: { status: 503, body: "html" } });
    const page = await failure(runtime, () => uploaded(runtime));
    assert.strictEqual(page.code, "html_answer");
    assert.strictEqual(page.status, 503);
    assert.strictEqual(page.retryable, true);
    const dead = await failure(runtime, () =>
      edge.getUploadToken({ ...secret, openApiUrl: "http://127.0.0.1:9", retries: 0 }),
    );
    assert.strictEqual(dead.code, "network");
    assert.ok(dead.cause);
  },

  "a passing failure is tried again, each time with a fresh token": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "upload", reset_accepted: {} });
    await emulator.fault({ on: "upload", status: { status: 429, retry_after: "1" } });
    const token = () => edge.getUploadToken(secret);
    await uploaded(runtime, { token, retries: 3 });
    const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
    assert.strictEqual(uploads.length, 3);
    assert.strictEqual(uploads[2].upload.sha256, await sha256(JPEG));
  },

  "a message whose answer was lost may have gone, and is sent once": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const { id } = await uploaded(runtime);
    await emulator.fault({ on: "message", reset_accepted: {} });
    const to = { target: "chatbot", conversationId: "c" };
    const error = await failure(runtime, () => edge.sendMediaMessage(id, { ...secret, ...to }));
    assert.strictEqual(error.deliveryUnknown, true);
    assert.strictEqual((await emulator.messages()).length, 1);
  },

  "an answer that does not come in time ends the call": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "token", delay: { ms: 20_000 } });
    const error = await failure(runtime, () =>
      edge.getUploadToken({ ...secret, answerTimeout: 200, retries: 0 }),
    );
    assert.strictEqual(error.code, "answer_timeout");
  },

  "progress ends with the whole file and the server at work": async (runtime) => {
    const all = [];
    await uploaded(runtime, { onProgress: (progress) => all.push(progress) });
    const { length } = JPEG;
    assert.deepEqual(all.at(-1), { loaded: length, total: length, phase: "processing" });
  },

  "a redirect does not carry the key elsewhere": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "token", status: { status: 307, body: "empty" } });
    const error = await failure(runtime, () => edge.getUploadToken(secret));
    assert.strictEqual(error.code, "rejected");
  },

  "a signal ends a call with its own reason": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "token", stall_response: { after: 0 } });
    const controller = new AbortController();
    const call = edge.getUploadToken({ ...secret, signal: controller.signal });
    while ((await emulator.requests()).length === 0);
    controller.abort("the user left");
    assertReason(runtime, await rejection(call), "the user left");
  },

  "a relative endpoint is refused where there is no page": async (runtime) => {
    needs(!runtime.traits.hasLocation, "an endpoint is relative to the page's own address");
    const error = await failure(runtime, () => runtime.main.getUploadToken({ endpoint: "/divar" }));
    assert.strictEqual(error.code, "invalid_argument");
  },

  "a browser refuses the key before anything is sent": async (runtime) => {
    const { main, edge, emulator, secret, traits } = runtime;
    needs(traits.isBrowser, "only a browser shows the key to its visitors");
    const guarded = { ...secret, dangerouslyAllowBrowser: false };
    for (const call of [
      () => edge.getUploadToken(guarded),
      () => edge.sendMediaMessage("m", { ...guarded, target: "chatbot", conversationId: "c" }),
      // What a bundler takes for pages sends a key by no means.
      () => main.getUploadToken(secret),
    ]) {
      const error = await failure(runtime, call);
      assert.strictEqual(error.code, "key_in_page");
    }
    assert.deepEqual(await emulator.requests(), []);
  },
};
