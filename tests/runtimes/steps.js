// The three steps, their errors, limits and retries, in every runtime.
import { assert } from "chai";
import { headerOf } from "../support/emulator.js";
import { JPEG, picture } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { until } from "../support/wait.js";
import { assertReason, failure, needs, rejection, thrown, uploaded } from "./support.js";

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

  "invalid arguments are a DivarMediaError before anything is sent": async (runtime) => {
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

  "a page from the CDN and a dead host are distinguished": async (runtime) => {
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

  "retries a temporary failure, each time with a fresh token": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "upload", reset_accepted: {} });
    await emulator.fault({ on: "upload", status: { status: 429, retry_after: "1" } });
    const token = () => edge.getUploadToken(secret);
    await uploaded(runtime, { token, retries: 3 });
    const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
    assert.strictEqual(uploads.length, 3);
    assert.strictEqual(uploads[2].upload.sha256, await sha256(JPEG));
  },

  "a message whose answer was lost is sent once and may have been delivered": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const { id } = await uploaded(runtime);
    await emulator.fault({ on: "message", reset_accepted: {} });
    const to = { target: "chatbot", conversationId: "c" };
    const error = await failure(runtime, () => edge.sendMediaMessage(id, { ...secret, ...to }));
    assert.strictEqual(error.deliveryUnknown, true);
    assert.strictEqual((await emulator.messages()).length, 1);
  },

  "an answer that takes too long ends the call": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "token", delay: { ms: 20_000 } });
    const error = await failure(runtime, () =>
      edge.getUploadToken({ ...secret, answerTimeout: 200, retries: 0 }),
    );
    assert.strictEqual(error.code, "answer_timeout");
  },

  "progress ends with the whole file in the phase processing": async (runtime) => {
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
    await until(async () => (await emulator.requests()).length > 0);
    controller.abort("the user left");
    assertReason(runtime, await rejection(call), "the user left");
  },

  "a message answered with 200 is delivered whatever fields the answer has": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const accessToken = "emulated-access-token";
    for (const [to, conversationId] of [
      [{ target: "chatbot", conversationId: "c" }, "c"],
      [{ target: "conversation", conversationId: "c", accessToken }, "c"],
      [{ target: "user", userId: "u", accessToken }, undefined],
    ]) {
      await emulator.fault({ on: "message", body: { text: "{}" } });
      const sent = await edge.sendMediaMessage("m", { ...secret, ...to });
      assert.deepEqual(sent, conversationId ? { conversationId } : {});
    }
  },

  "an answer with HTTP 200 whose status refuses a message is that error": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const text = '{"status":412,"code":9,"message":"no"}';
    await emulator.fault({ on: "message", body: { text } });
    const to = { target: "conversation", conversationId: "c", accessToken: "t" };
    const error = await failure(runtime, () => edge.sendMediaMessage("m", { ...secret, ...to }));
    assert.strictEqual(error.code, "recipient_restricted");
    assert.strictEqual(error.status, 412);
    assert.strictEqual(error.deliveryUnknown, false);
  },

  "a chatbot message carries an access token if there is one": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const { id } = await uploaded(runtime);
    const to = { target: "chatbot", conversationId: "c" };
    await edge.sendMediaMessage(id, { ...secret, ...to, accessToken: "consent" });
    const { id: second } = await uploaded(runtime);
    await edge.sendMediaMessage(second, { ...secret, ...to });
    const messages = (await emulator.requests()).filter(({ route }) => route === "message");
    assert.strictEqual(headerOf(messages[0], "authorization"), "Bearer consent");
    assert.strictEqual(headerOf(messages[1], "authorization"), undefined);
  },

  "the details of a refusal are kept": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const details = [{ "@type": "quota", limit: "day" }, 7];
    const text = JSON.stringify({ code: 8, message: "slow down", details });
    await emulator.fault({ on: "token", body: { status: 429, text } });
    const error = await failure(runtime, () => edge.getUploadToken({ ...secret, retries: 0 }));
    assert.strictEqual(error.code, "rate_limited");
    assert.deepEqual(error.details, details);
  },

  "the status decides where an HTML page is answered with 4xx": async (runtime) => {
    const { emulator } = runtime;
    for (const [status, code] of [
      [401, "unauthorized"],
      [403, "forbidden"],
      [404, "not_found"],
      [413, "file_too_large"],
      [415, "unsupported_format"],
      [429, "rate_limited"],
    ]) {
      await emulator.fault({ on: "upload", status: { status, body: "html" } });
      const error = await failure(runtime, () => uploaded(runtime));
      assert.strictEqual(error.code, code);

      await emulator.fault({ on: "other", status: { status, body: "html" } });
      const own = { endpoint: emulator.base, retries: 0 };
      const refused = await failure(runtime, () => runtime.main.getUploadToken(own));
      assert.strictEqual(refused.code, code);
    }
  },

  "JSON is read whatever its content type says": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    const html = (text) => ({ content_type: "text/html; charset=UTF-8", text });
    await emulator.fault({ on: "token", body: html('{"token":"t"}') });
    assert.strictEqual(await edge.getUploadToken(secret), "t");
    await emulator.fault({ on: "upload", body: html('{"id":"m","status":"ok"}') });
    assert.deepEqual(await uploaded(runtime), { id: "m" });
    await emulator.fault({ on: "message", body: html('{"conversation_id":"d"}') });
    const to = { target: "chatbot", conversationId: "c" };
    const sent = await edge.sendMediaMessage("m", { ...secret, ...to });
    assert.deepEqual(sent, { conversationId: "d" });
  },

  "another host over http needs an explicit option": async (runtime) => {
    const { main, edge, secret } = runtime;
    const asked = [];
    const fetch = async (url) => {
      asked.push(String(url));
      return new Response('{"token":"t","id":"m","status":"ok"}');
    };
    for (const host of ["http://192.168.1.5:9310", "http://10.0.2.2", "http://emulator:9310"]) {
      const to = { target: "chatbot", conversationId: "c" };
      const calls = [
        (more) => main.getUploadToken({ endpoint: `${host}/divar`, fetch, ...more }),
        (more) => edge.getUploadToken({ ...secret, openApiUrl: host, fetch, ...more }),
        (more) =>
          main.uploadMedia(picture(), "image", { token: "t", chatUrl: host, fetch, ...more }),
        (more) =>
          edge.sendMediaMessage("m", { ...secret, ...to, openApiUrl: host, fetch, ...more }),
      ];
      for (const call of calls) {
        for (const more of [{}, { allowInsecureHttp: false }]) {
          const error = await failure(runtime, () => call(more));
          assert.strictEqual(error.code, "invalid_argument");
        }
        assert.strictEqual(asked.length, 0);
        await call({ allowInsecureHttp: true });
        assert.ok(asked.pop().startsWith(`${host}/`));
      }
    }
    const ftp = { ...secret, openApiUrl: "ftp://emulator", allowInsecureHttp: true };
    const error = await failure(runtime, () => edge.getUploadToken(ftp));
    assert.strictEqual(error.code, "invalid_argument");
  },

  "a long answer without a length is not read to its end": async (runtime) => {
    const { edge, secret } = runtime;
    const PIECE = new Uint8Array(64 * 1024).fill(0x20);
    let given = 0;
    let cancelled = false;
    const body = () =>
      new ReadableStream({
        pull(controller) {
          given += PIECE.length;
          if (given > 20_000_000) controller.close();
          else controller.enqueue(PIECE);
        },
        cancel() {
          cancelled = true;
        },
      });
    const fetch = async () => new Response(body(), { status: 200 });
    const error = await failure(runtime, () =>
      edge.getUploadToken({ ...secret, fetch, retries: 0 }),
    );
    assert.strictEqual(error.code, "malformed_answer");
    assert.isBelow(given, 2_000_000, `${given} bytes were read`);
    await until(() => cancelled);
  },

  "callbacks that throw or reject change nothing": async (runtime) => {
    const { main, app, emulator } = runtime;
    const broken = [
      () => {
        throw new Error("mine");
      },
      async () => {
        throw new Error("mine");
      },
      // biome-ignore lint/suspicious/noThenProperty: a promise of another kind
      () => ({ then: (_, reject) => reject(new Error("mine")) }),
    ];
    for (const callback of broken) {
      await main.sendMedia(picture(), {
        ...app,
        conversationId: "c",
        onProgress: callback,
        onStage: callback,
      });
    }
    assert.strictEqual((await emulator.messages()).length, broken.length);
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
