// The app's own routes, by the handler, in every runtime.
import { assert } from "chai";
import { JPEG, needs, sha256, thrown } from "./support.js";

const RELAYS = "a relay sends a body while it is coming in";
const PICTURE = new Uint8Array([...JPEG, ...new Uint8Array(1000)]);

/** A handler over this case's space of the emulator, and what its log was told. */
function handlerOf({ edge, emulator, secret }, options = {}) {
  const logged = [];
  const handle = edge.createMediaHandler({
    ...secret,
    chatUrl: emulator.base,
    authorize: () => ({ conversations: ["c"], users: ["u"] }),
    onError: (error) => logged.push(error),
    ...options,
  });
  const ask = async (path, { headers, ...init } = {}) => {
    const request = new Request(`https://app.example/divar${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      ...(["GET", "OPTIONS"].includes(init.method) ? {} : { body: "{}", duplex: "half" }),
      ...init,
    });
    const response = await handle(request);
    const text = await response.text();
    return { response, status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  return { handle, ask, logged };
}

const message = (more) =>
  JSON.stringify({ target: "chatbot", conversation_id: "c", media_token: "m", ...more });

/** A relayed picture; a runtime may keep a request's own `Origin` or `Content-Length` to itself. */
const picture = { body: PICTURE, headers: { "Content-Type": "image/jpeg" } };

export const handler = {
  "the handler gives a token that no cache may keep": async (runtime) => {
    const { ask } = handlerOf(runtime);
    const { status, body, response } = await ask("/token");
    assert.strictEqual(status, 200);
    assert.deepEqual(Object.keys(body), ["token"]);
    assert.strictEqual(response.headers.get("cache-control"), "no-store");
    const [mint] = await runtime.emulator.requests();
    const key = mint.headers.find(([name]) => name === "x-api-key");
    assert.strictEqual(key[1], runtime.emulator.key);
  },

  "the handler sends a message to each target that the user may write to": async (runtime) => {
    const { main, edge, emulator, secret } = runtime;
    const asked = [];
    const accessToken = ({ request, ...to }) => {
      asked.push(to);
      return "emulated-access-token";
    };
    const { ask } = handlerOf(runtime, { accessToken });
    for (const to of [
      { target: "chatbot", conversation_id: "c" },
      { target: "user", user_id: "u" },
      { target: "conversation", conversation_id: "c" },
    ]) {
      const token = await edge.getUploadToken(secret);
      const file = new File([PICTURE], "a.jpg");
      const { id } = await main.uploadMedia(file, "image", { token, chatUrl: emulator.base });
      const sent = await ask("/messages", { body: JSON.stringify({ ...to, media_token: id }) });
      assert.strictEqual(sent.status, 200, JSON.stringify(sent.body));
      assert.ok(sent.body.conversation_id);
    }
    assert.strictEqual((await emulator.messages()).length, 3);
    assert.deepEqual(asked, [
      { target: "user", userId: "u" },
      { target: "conversation", conversationId: "c" },
    ]);
  },

  "the handler relays a file as Divar wants it": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { ask } = handlerOf(runtime, { relay: true });
    const path = `/upload/image?name=${encodeURIComponent("عکس.png")}`;
    const { status, body } = await ask(path, picture);
    assert.strictEqual(status, 200, JSON.stringify(body));
    assert.strictEqual(body.status, "ok");
    const { upload } = (await runtime.emulator.requests()).find(({ route }) => route === "upload");
    assert.strictEqual(upload.sha256, await sha256(PICTURE));
    assert.strictEqual(upload.field, "file");
    assert.strictEqual(upload.file_name, "عکس.jpg");
    assert.strictEqual(upload.content_type, "image/jpeg");
  },

  "the handler cuts a relayed file off at its type's limit": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { ask } = handlerOf(runtime, { relay: true });
    let given = 0;
    const endless = new ReadableStream({
      pull(controller) {
        const piece = new Uint8Array(64 * 1024);
        if (given === 0) piece.set(JPEG);
        given += piece.length;
        controller.enqueue(piece);
      },
    });
    const { status, body } = await ask("/upload/image", { ...picture, body: endless });
    assert.strictEqual(status, 413);
    assert.strictEqual(body.code, "file_too_large");
    assert.ok(given < 6_000_000, `${given} bytes were read`);
    const requests = await runtime.emulator.requests();
    assert.ok(
      requests.every(({ upload }) => !upload?.sha256),
      "none of it was taken",
    );
  },

  "the handler relays nothing that its type does not take": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const types = () => ({ types: ["image"] });
    const { ask } = handlerOf(runtime, { relay: true, authorize: types });
    const text = { ...picture, body: "MZ and so on" };
    assert.strictEqual((await ask("/upload/image", text)).status, 415);
    assert.strictEqual((await ask("/upload/voice", picture)).status, 403);
    assert.strictEqual((await ask("/upload/image", { ...picture, body: "" })).status, 400);
    for (const type of ["multipart/form-data; boundary=b", "text/plain", ""]) {
      const headers = { "Content-Type": type };
      assert.strictEqual((await ask("/upload/image", { ...picture, headers })).status, 415);
    }
    const { ask: without } = handlerOf(runtime);
    assert.strictEqual((await without("/upload/image", picture)).status, 404);
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "the handler refuses whoever is not known, before anything is asked of Divar": async (
    runtime,
  ) => {
    for (const authorize of [() => null, () => undefined, () => false, async () => null]) {
      const { ask } = handlerOf(runtime, { authorize, relay: true });
      for (const path of ["/token", "/messages"]) {
        const { status, body } = await ask(path);
        assert.strictEqual(status, 401);
        assert.strictEqual(body.code, "unauthorized");
      }
      assert.strictEqual((await ask("/upload/image", picture)).status, 401);
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "the handler sends nowhere that the user may not write to": async (runtime) => {
    const strange = handlerOf(runtime, { authorize: () => ({}) });
    assert.strictEqual((await strange.ask("/messages", { body: message() })).status, 403);
    const { ask } = handlerOf(runtime, { accessToken: () => "t" });
    for (const more of [
      { conversation_id: "d" },
      { target: "user", user_id: "c" },
      { target: "conversation", conversation_id: "u" },
    ]) {
      assert.strictEqual((await ask("/messages", { body: message(more) })).status, 403);
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "the handler refuses a request that is no message": async (runtime) => {
    const { ask } = handlerOf(runtime);
    const tooLong = message({ buttons: "x".repeat(70_000) });
    for (const [status, body] of [
      [400, "no JSON"],
      [400, "[]"],
      [400, "7"],
      [400, message({ media_token: 7 })],
      [400, message({ target: "group" })],
      [400, message({ conversation_id: ".." })],
      [400, message({ buttons: { rows: [{ buttons: [{}] }] } })],
      [413, tooLong],
    ]) {
      const answer = await ask("/messages", { body });
      assert.strictEqual(answer.status, status, `${body.slice(0, 40)}: ${answer.status}`);
      assert.strictEqual(answer.body.stage, "message");
      assert.ok(answer.body.message && answer.body.userMessage.fa);
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "the handler serves its own routes and methods only": async (runtime) => {
    const { ask } = handlerOf(runtime);
    for (const path of ["", "/", "/tokens", "/upload/image"]) {
      assert.strictEqual((await ask(path)).status, 404);
    }
    const { status, response } = await ask("/token", { method: "GET" });
    assert.strictEqual(status, 405);
    assert.match(response.headers.get("allow"), /POST/);
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    assert.strictEqual((await ask("/token", { headers: form })).status, 415);
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "a refusal of Divar's reaches the log whole and the page as a code": async (runtime) => {
    const { ask, logged } = handlerOf(runtime);
    const text = '{"code":9,"message":"the recipient has blocked you"}';
    await runtime.emulator.fault({ on: "message", body: { status: 412, text } });
    const { status, body } = await ask("/messages", { body: message() });
    assert.strictEqual(status, 412);
    assert.strictEqual(body.code, "recipient_restricted");
    assert.strictEqual(body.deliveryUnknown, false);
    assert.ok(!JSON.stringify(body).includes("blocked you"));
    assert.match(logged[0].message, /blocked you/);
    assert.strictEqual(logged[0].divarCode, 9);
  },

  "a lost answer of Divar's is told as unknown delivery": async (runtime) => {
    const { ask, logged } = handlerOf(runtime);
    await runtime.emulator.fault({ on: "message", reset_response: { after: 3 } });
    const { status, body } = await ask("/messages", { body: message() });
    assert.strictEqual(status, 502);
    assert.strictEqual(body.deliveryUnknown, true);
    assert.strictEqual(body.retryable, false);
    assert.strictEqual(logged.length, 1);
  },

  "a limit of Divar's comes with its Retry-After": async (runtime) => {
    const { ask } = handlerOf(runtime);
    await runtime.emulator.fault({ on: "token", status: { status: 429, retry_after: "7" } });
    const { status, body, response } = await ask("/token");
    assert.strictEqual(status, 429);
    assert.strictEqual(body.code, "rate_limited");
    assert.strictEqual(response.headers.get("retry-after"), "7");
  },

  "what the app's own functions throw reaches the log and not the page": async (runtime) => {
    const secretive = () => {
      throw new Error("the database's password is x");
    };
    const { ask, logged } = handlerOf(runtime, { authorize: secretive });
    const { status, body } = await ask("/token");
    assert.strictEqual(status, 500);
    assert.ok(!JSON.stringify(body).includes("password"));
    assert.match(logged[0].message, /password/);
    const broken = handlerOf(runtime, { authorize: () => null, onError: secretive });
    assert.strictEqual((await broken.ask("/token")).status, 401);
    const careless = handlerOf(runtime, { authorize: () => "yes" });
    assert.strictEqual((await careless.ask("/token")).status, 500);
  },

  "a handler without a key or a way to tell who asks is a mistake of the call": async (runtime) => {
    const { edge, secret } = runtime;
    const authorize = () => ({});
    for (const options of [
      undefined,
      {},
      secret,
      { authorize },
      { ...secret, authorize: "all" },
      { ...secret, authorize, allowedOrigins: "https://a.example" },
      { ...secret, authorize, allowedOrigins: [7] },
      { ...secret, authorize, openApiUrl: "http://example.com" },
    ]) {
      assert.strictEqual(thrown(() => edge.createMediaHandler(options)).code, "invalid_argument");
    }
  },

  "the whole send goes through the handler, the file too": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { main, emulator } = runtime;
    const { handle } = handlerOf(runtime, { relay: true });
    const file = new File([PICTURE], "عکس.jpg", { type: "image/jpeg" });
    const progress = [];
    const sent = await main.sendMedia(file, {
      endpoint: "https://app.example/divar",
      conversationId: "c",
      relay: true,
      fetch: (request, init) => handle(new Request(request, init)),
      onProgress: ({ phase }) => progress.push(phase),
    });
    assert.deepEqual(sent, { conversationId: "c" });
    assert.strictEqual(progress.at(-1), "processing");
    const [{ media }] = await emulator.messages();
    assert.strictEqual(media.sha256, await sha256(PICTURE));
  },

  "pages of allowed origins may call, and no others": async (runtime) => {
    const own = "https://app.example";
    const other = "https://other.example";
    const { handle } = handlerOf(runtime, { allowedOrigins: [other] });
    // A page cannot make a Request with an Origin of its choosing; the handler takes any that
    // looks like one.
    const from = (origin, method = "POST", site = {}) =>
      handle({
        url: `${own}/divar/token`,
        method,
        headers: new Headers({ Origin: origin, "Content-Type": "application/json", ...site }),
        body: new Response("{}").body,
        text: async () => "{}",
      });
    for (const origin of [own, other]) assert.strictEqual((await from(origin)).status, 200);
    for (const origin of [
      "https://evil.example",
      `${other}:8443`,
      "http://other.example",
      "null",
    ]) {
      for (const method of ["POST", "OPTIONS"]) {
        const { status, headers } = await from(origin, method);
        assert.strictEqual(status, 403, origin);
        assert.strictEqual(headers.get("access-control-allow-origin"), null);
      }
    }
    // Behind a proxy the handler's own address is not the page's; the browser knows.
    const behind = await from("https://shown.example", "POST", { "Sec-Fetch-Site": "same-origin" });
    assert.strictEqual(behind.status, 200);
    const cross = await from("https://evil.example", "POST", { "Sec-Fetch-Site": "cross-site" });
    assert.strictEqual(cross.status, 403);

    const { status, headers } = await from(other, "OPTIONS");
    assert.strictEqual(status, 204);
    assert.strictEqual(headers.get("access-control-allow-origin"), other);
    assert.strictEqual(headers.get("access-control-allow-methods"), "POST");
    assert.match(headers.get("access-control-allow-headers"), /content-type/);
    assert.strictEqual(headers.get("access-control-allow-credentials"), null);
    assert.strictEqual(headers.get("vary"), "Origin");
    assert.strictEqual((await runtime.emulator.requests()).length, 3);
  },
};
