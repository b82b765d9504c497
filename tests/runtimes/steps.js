// The three steps, their errors, limits and retries, in every runtime.
import assert from "node:assert/strict";
import { failure, JPEG, sha256, uploaded } from "./support.js";

export const steps = {
  "a message is built before anything else was called": async ({ main }) => {
    assert.deepEqual(main.buildMediaMessage("m"), { media_token: "m" });
  },

  "the three steps put a file into a chat": async (runtime) => {
    const { edge, emulator } = runtime;
    const { id } = await uploaded(runtime);
    const sent = await edge.sendMediaMessage(id, {
      apiKey: emulator.key,
      openApiUrl: emulator.base,
      target: "chatbot",
      conversationId: "6Gq+m/D7=",
    });
    assert.deepEqual(sent, { conversationId: "6Gq+m/D7=" });

    const [, { upload }] = await emulator.requests();
    assert.equal(upload.field, "file");
    assert.equal(upload.file_name, "عکس.jpg");
    assert.equal(upload.content_type, "image/jpeg");
    assert.equal(upload.sha256, sha256(JPEG));
    const [message] = await emulator.messages();
    assert.deepEqual(message.body, { media_token: id, text_message: "" });
    assert.equal(message.media.sha256, sha256(JPEG));
  },

  "bare bytes and the older scheme are taken too": async (runtime) => {
    await uploaded(runtime, { encoding: "binary", authScheme: "Basic" });
    const [, { headers, upload }] = await runtime.emulator.requests();
    assert.equal(upload.encoding, "binary");
    assert.equal(upload.sha256, sha256(JPEG));
    const [, authorization] = headers.find(([name]) => name === "authorization");
    assert.match(authorization, /^Basic /);
  },

  "calls at the same time share one module": async (runtime) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => uploaded(runtime)));
    assert.equal(new Set(all.map(({ id }) => id)).size, 20);
  },

  "a mistake is an error of ours before anything is sent": async (runtime) => {
    const { main, emulator } = runtime;
    for (const options of [undefined, {}, { apiKey: 7 }, { apiKey: "k", openApiUrl: "ftp://x" }]) {
      const error = await failure(runtime, () => main.getUploadToken(options));
      assert.equal(error.code, "invalid_argument");
      assert.equal(error.stage, "token");
    }
    const text = new Blob(["hello"], { type: "text/plain" });
    const chatUrl = emulator.base;
    const error = await failure(runtime, () =>
      main.uploadMedia(text, "image", { token: "t", chatUrl }),
    );
    assert.equal(error.code, "unsupported_format");
    assert.throws(() => main.buildMediaMessage(), { code: "invalid_argument" });
    assert.deepEqual(await emulator.requests(), []);
  },

  "Divar's refusal comes with its code and sentences": async (runtime) => {
    const { main, emulator } = runtime;
    const error = await failure(runtime, () =>
      main.getUploadToken({ apiKey: "wrong", openApiUrl: emulator.base }),
    );
    assert.equal(error.code, "unauthorized");
    assert.equal(error.status, 401);
    assert.equal(error.divarCode, 16);
    assert.match(error.userMessage.fa, /دوباره/);
    assert.match(error.stack, /^DivarMediaError: HTTP 401/);
  },

  "a page from the CDN and a dead host are told apart": async (runtime) => {
    const { main, emulator } = runtime;
    await emulator.fault({ on: "upload", status: { status: 503, body: "html" } });
    const page = await failure(runtime, () => uploaded(runtime));
    assert.equal(page.code, "html_answer");
    assert.equal(page.status, 503);
    assert.equal(page.retryable, true);
    const dead = await failure(runtime, () =>
      main.getUploadToken({ apiKey: "k", openApiUrl: "http://127.0.0.1:9", retries: 0 }),
    );
    assert.equal(dead.code, "network");
    assert.ok(dead.cause);
  },

  "a passing failure is tried again, each time with a fresh token": async (runtime) => {
    const { main, emulator } = runtime;
    const { base, key } = emulator;
    await emulator.fault({ on: "upload", reset_accepted: {} });
    await emulator.fault({ on: "upload", status: { status: 429, retry_after: "1" } });
    const token = () => main.getUploadToken({ apiKey: key, openApiUrl: base });
    await uploaded(runtime, { token, retries: 3 });
    const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
    assert.equal(uploads.length, 3);
    assert.equal(uploads[2].upload.sha256, sha256(JPEG));
  },

  "an answer that does not come in time ends the call": async (runtime) => {
    const { main, emulator } = runtime;
    await emulator.fault({ on: "token", delay: { ms: 20_000 } });
    const { base: openApiUrl, key: apiKey } = emulator;
    const error = await failure(runtime, () =>
      main.getUploadToken({ apiKey, openApiUrl, answerTimeout: 200, retries: 0 }),
    );
    assert.equal(error.code, "answer_timeout");
  },

  "progress ends with the whole file and the server at work": async (runtime) => {
    const all = [];
    await uploaded(runtime, { onProgress: (progress) => all.push(progress) });
    const { length } = JPEG;
    assert.deepEqual(all.at(-1), { loaded: length, total: length, phase: "processing" });
  },

  "a redirect does not carry the key elsewhere": async (runtime) => {
    const { main, emulator } = runtime;
    await emulator.fault({ on: "token", status: { status: 307, body: "empty" } });
    const error = await failure(runtime, () =>
      main.getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base }),
    );
    assert.equal(error.code, "rejected");
  },

  "a signal ends a call with its own reason": async (runtime) => {
    const { main, emulator } = runtime;
    await emulator.fault({ on: "token", stall_response: { after: 0 } });
    const controller = new AbortController();
    const options = { apiKey: emulator.key, openApiUrl: emulator.base, signal: controller.signal };
    const call = main.getUploadToken(options);
    while ((await emulator.requests()).length === 0);
    controller.abort("the user left");
    await assert.rejects(call, (reason) => reason === "the user left");
  },

  "a relative endpoint is refused where there is no page": async (runtime) => {
    const error = await failure(runtime, () => runtime.main.getUploadToken({ endpoint: "/divar" }));
    assert.equal(error.code, "invalid_argument");
  },
};
