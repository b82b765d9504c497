// The app's own routes, by the handler, in every runtime.
import { assert } from "chai";
import { headerOf } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { pause, until } from "../support/wait.js";
import { needs, thrown } from "./support.js";

const RELAYS = "a relay sends a body while it is coming in";
const PICTURE = new Uint8Array([...JPEG, ...new Uint8Array(1000)]);

/** A handler over this case's space of the emulator, and the errors that `onError` got. */
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

/** A row of one button. */
const grid = (action) => ({ rows: [{ buttons: [{ caption: "c", action }] }] });
const LINK = grid({ open_direct_link: "https://shop.example/a" });
const SERVER_LINK = grid({ open_server_link: { data: { order: 7 } } });
const POST = grid({ open_post_page: { post_token: "p" } });

/** A handler for a user who may write to `c` and may send these buttons. */
const withButtons = (runtime, buttons, options) =>
  handlerOf(runtime, {
    authorize: () => ({ conversations: ["c"], buttons }),
    accessToken: () => "t",
    ...options,
  });

/** A call of the handler by a client that disconnects. */
function leaving(handle, path, init) {
  const controller = new AbortController();
  const request = {
    url: `https://app.example/divar${path}`,
    method: "POST",
    headers: new Headers({ "Content-Type": "application/json", ...init?.headers }),
    body: init?.body ?? new Response("{}").body,
    text: async () => "{}",
    signal: controller.signal,
  };
  return { answer: handle(request), leave: () => controller.abort() };
}

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

  "the handler refuses to relay files that their type does not take": async (runtime) => {
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

  "the handler refuses a user who is not signed in, before it asks Divar": async (runtime) => {
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

  "the handler refuses recipients that the user may not write to": async (runtime) => {
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

  "the handler refuses buttons that the user may not send": async (runtime) => {
    const { emulator } = runtime;
    for (const [buttons, refused, taken] of [
      [undefined, [LINK, SERVER_LINK, POST], []],
      [false, [LINK, SERVER_LINK, POST], []],
      [true, [], [LINK, SERVER_LINK, POST]],
      [{ actions: ["open_post_page"] }, [LINK, SERVER_LINK], [POST]],
      [{ actions: ["open_direct_link"] }, [LINK, SERVER_LINK, POST], []],
      [{ actions: ["open_direct_link"], hosts: ["shop.example"] }, [SERVER_LINK, POST], [LINK]],
      [{ actions: ["open_direct_link"], hosts: ["example"] }, [LINK], []],
      [{ actions: ["open_post_page"], hosts: ["shop.example"] }, [LINK], [POST]],
      [{ hosts: ["shop.example"] }, [LINK, SERVER_LINK, POST], []],
      [{ actions: new Set(["open_post_page"]) }, [LINK], [POST]],
      [{}, [LINK, SERVER_LINK, POST], []],
    ]) {
      const { ask } = withButtons(runtime, buttons);
      const label = JSON.stringify(buttons);
      for (const buttons of refused) {
        const { status, body } = await ask("/messages", { body: message({ buttons }) });
        assert.strictEqual(status, 403, label);
        assert.strictEqual(body.code, "forbidden");
      }
      for (const buttons of taken) {
        await emulator.fault({ on: "message", body: { text: "{}" } });
        const { status } = await ask("/messages", { body: message({ buttons }) });
        assert.strictEqual(status, 200, label);
      }
    }
    const sent = (await emulator.requests()).filter(({ route }) => route === "message");
    assert.strictEqual(sent.length, 7);
  },

  "buttons for either side of a conversation need the permission, too": async (runtime) => {
    const { ask } = withButtons(runtime, { actions: ["open_post_page"] });
    for (const side of ["sender_buttons", "receiver_buttons"]) {
      const to = { target: "conversation", [side]: SERVER_LINK };
      assert.strictEqual((await ask("/messages", { body: message(to) })).status, 403);
    }
    const empty = { target: "conversation", sender_buttons: { rows: [] } };
    await runtime.emulator.fault({ on: "message", body: { text: "{}" } });
    assert.strictEqual((await ask("/messages", { body: message(empty) })).status, 200);
  },

  "the app's `buttons` function decides by the message": async (runtime) => {
    const seen = [];
    const { ask } = withButtons(runtime, async (handedOver) => {
      seen.push(handedOver);
      return handedOver.buttons?.rows[0].buttons[0].action.open_server_link?.data.order === 7;
    });
    await runtime.emulator.fault({ on: "message", body: { text: "{}" } });
    assert.strictEqual(
      (await ask("/messages", { body: message({ buttons: SERVER_LINK }) })).status,
      200,
    );
    assert.strictEqual((await ask("/messages", { body: message({ buttons: POST }) })).status, 403);
    assert.deepEqual(seen[0], {
      target: "chatbot",
      conversationId: "c",
      mediaToken: "m",
      buttons: SERVER_LINK,
    });
    assert.strictEqual(seen.length, 2);

    const broken = withButtons(runtime, async () => {
      throw new Error("the database is away");
    });
    const { status, body } = await broken.ask("/messages", { body: message({ buttons: POST }) });
    assert.strictEqual(status, 500);
    assert.ok(!JSON.stringify(body).includes("database"));
    assert.match(broken.logged[0].message, /database/);
  },

  "a link in a button is https whatever the app allows": async (runtime) => {
    for (const buttons of [true, () => true]) {
      const { ask } = withButtons(runtime, buttons);
      for (const link of [
        "http://shop.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//shop.example",
        "nonsense",
        "",
      ]) {
        const body = message({ buttons: grid({ open_direct_link: link }) });
        assert.strictEqual((await ask("/messages", { body })).status, 400, link);
      }
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "the handler refuses button data that is no object or nested too deep": async (runtime) => {
    const { ask } = withButtons(runtime, true);
    const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
    const raw = (data) =>
      message({ buttons: grid({ open_server_link: { data: "DATA" } }) }).replace('"DATA"', data);
    for (const data of ["[1]", '"text"', "7", "null", deep]) {
      const { status, body } = await ask("/messages", { body: raw(data) });
      assert.strictEqual(status, 400, data.slice(0, 20));
      assert.strictEqual(body.code, "invalid_argument");
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "a token is given only to a user who may send files of every type": async (runtime) => {
    const all = ["image", "video", "voice", "file"];
    for (const [permission, status] of [
      [{}, 200],
      [{ types: all }, 200],
      [{ types: new Set(all) }, 200],
      [{ types: [] }, 403],
      [{ types: ["image"] }, 403],
      [{ types: ["image"], uploadToken: true }, 200],
      [{ uploadToken: false }, 403],
      [{ types: "image video voice file" }, 403],
    ]) {
      const { ask } = handlerOf(runtime, { authorize: () => permission });
      const answer = await ask("/token");
      assert.strictEqual(answer.status, status, JSON.stringify(permission));
      if (status === 403) assert.strictEqual(answer.body.code, "forbidden");
    }
    const tokens = (await runtime.emulator.requests()).filter(({ route }) => route === "token");
    assert.strictEqual(tokens.length, 4);
  },

  "the handler serves no route that is turned off": async (runtime) => {
    const { ask } = handlerOf(runtime, { token: false, messages: false });
    for (const path of ["/token", "/messages", "/upload/image"]) {
      assert.strictEqual((await ask(path)).status, 404);
    }
    const { ask: without } = handlerOf(runtime, { token: false });
    await runtime.emulator.fault({ on: "message", body: { text: "{}" } });
    assert.strictEqual((await without("/messages", { body: message() })).status, 200);
  },

  "the handler takes a slash at the end of a route": async (runtime) => {
    const { ask } = handlerOf(runtime, { relay: true });
    assert.strictEqual((await ask("/token/")).status, 200);
    await runtime.emulator.fault({ on: "message", body: { text: "{}" } });
    assert.strictEqual((await ask("/messages/", { body: message() })).status, 200);
    if (!runtime.traits.streamsBodies) return;
    assert.strictEqual((await ask("/upload/image/?name=a.jpg", picture)).status, 200);
  },

  "a permission may list many recipients, as a list or a set": async (runtime) => {
    const many = Array.from({ length: 20_000 }, (_, index) => `c${index}`);
    for (const conversations of [many, new Set(many)]) {
      const { ask } = handlerOf(runtime, { authorize: () => ({ conversations }) });
      await runtime.emulator.fault({ on: "message", body: { text: "{}" } });
      const taken = message({ conversation_id: "c19999" });
      assert.strictEqual((await ask("/messages", { body: taken })).status, 200);
      const refused = message({ conversation_id: "c20000" });
      assert.strictEqual((await ask("/messages", { body: refused })).status, 403);
    }
  },

  "an allowed origin that browsers write differently is an invalid argument": async (runtime) => {
    const { edge, secret } = runtime;
    for (const origin of [
      "*",
      "https://a.example/",
      "https://A.example",
      "https://a.example:443",
      "https://*.a.example",
      "a.example",
      "null",
      "",
    ]) {
      const options = { ...secret, authorize: () => ({}), allowedOrigins: [origin] };
      const error = thrown(() => edge.createMediaHandler(options));
      assert.strictEqual(error.code, "invalid_argument", origin);
      assert.match(error.message, /allowedOrigins/);
    }
  },

  "a sandboxed frame may call only with allowOpaqueOrigin": async (runtime) => {
    const from = async (options) => {
      const { handle } = handlerOf(runtime, options);
      return handle({
        url: "https://app.example/divar/token",
        method: "POST",
        headers: new Headers({
          Origin: "null",
          "Sec-Fetch-Site": "cross-site",
          "Content-Type": "application/json",
        }),
        body: new Response("{}").body,
        text: async () => "{}",
      });
    };
    assert.strictEqual((await from({ allowedOrigins: ["https://a.example"] })).status, 403);
    const taken = await from({ allowOpaqueOrigin: true });
    assert.strictEqual(taken.status, 200);
    assert.strictEqual(taken.headers.get("access-control-allow-origin"), "null");
  },

  "a refused origin is logged with the option that would allow it": async (runtime) => {
    const { handle, logged } = handlerOf(runtime);
    const { status } = await handle({
      url: "http://10.0.0.2:3000/divar/token",
      method: "POST",
      headers: new Headers({ Origin: "http://app.lan", "Content-Type": "application/json" }),
      body: new Response("{}").body,
      text: async () => "{}",
    });
    assert.strictEqual(status, 403);
    assert.strictEqual(logged.length, 1);
    assert.strictEqual(logged[0].code, "forbidden");
    assert.include(logged[0].message, "http://app.lan");
    assert.include(logged[0].message, "allowedOrigins");
  },

  "an app's function that never settles ends the request after its limit": async (runtime) => {
    const never = () => new Promise(() => {});
    const authorizeTimeout = 100;
    const allowed = () => ({ conversations: ["c"], users: ["u"], buttons: never });
    for (const [options, path, body] of [
      [{ authorize: never }, "/token", "{}"],
      [{ accessToken: never }, "/messages", message({ target: "user", user_id: "u" })],
      [{ authorize: allowed }, "/messages", message({ buttons: POST })],
    ]) {
      const { ask, logged } = handlerOf(runtime, { authorizeTimeout, ...options });
      const answer = await ask(path, { body });
      assert.strictEqual(answer.status, 504);
      assert.strictEqual(answer.body.code, "answer_timeout");
      assert.strictEqual(logged.length, 1);
    }
    assert.deepEqual(await runtime.emulator.requests(), []);
  },

  "a request ends when its client disconnects, and the log is not called": async (runtime) => {
    const never = () => new Promise(() => {});
    const waiting = handlerOf(runtime, { authorize: never });
    const call = leaving(waiting.handle, "/token");
    await pause(20);
    call.leave();
    const answer = await call.answer;
    assert.isAtLeast(answer.status, 400);
    assert.deepEqual(waiting.logged, []);

    await runtime.emulator.fault({ on: "token", delay: { ms: 30_000 } });
    const minting = handlerOf(runtime);
    const mint = leaving(minting.handle, "/token");
    await until(async () => (await runtime.emulator.requests()).length === 1);
    mint.leave();
    await mint.answer;
    assert.deepEqual(minting.logged, []);
    const ended = async () => (await runtime.emulator.requests())[0].outcome === "client_gone";
    await until(ended);
  },

  "a relay ends when its client disconnects, and so does its upload": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { handle, logged } = handlerOf(runtime, { relay: true });
    let isCancelled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(PICTURE),
      cancel: () => {
        isCancelled = true;
      },
    });
    const call = leaving(handle, "/upload/image", { ...picture, body });
    const uploads = async () =>
      (await runtime.emulator.requests()).filter(({ route }) => route === "upload");
    await until(async () => (await uploads()).length === 1);
    call.leave();
    await call.answer;
    assert.deepEqual(logged, []);
    await until(() => isCancelled);
    await until(async () => (await uploads())[0].outcome !== "pending");
    assert.strictEqual((await uploads())[0].upload.sha256 ?? null, null);
  },

  "a relay is bounded as a whole, however often a byte moves": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { handle } = handlerOf(runtime, { relay: true, stallTimeout: 400, answerTimeout: 400 });
    let isCancelled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(PICTURE),
      async pull(controller) {
        await pause(100);
        controller.enqueue(Uint8Array.of(7));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    // The whole takes at most as long as the slowest link would for as many bytes.
    const headers = { ...picture.headers, "Content-Length": "2000" };
    const begun = performance.now();
    const { answer } = leaving(handle, "/upload/image", { headers, body });
    assert.strictEqual((await answer).status, 504);
    assert.isBelow(performance.now() - begun, 10_000);
    await until(() => isCancelled);
  },

  "a relayed name has no folders and no control characters, and is short": async (runtime) => {
    needs(runtime.traits.streamsBodies, RELAYS);
    const { ask } = handlerOf(runtime, { relay: true });
    const names = [
      ["../../etc/a\0b\r\n.jpg", "ab.jpg"],
      ["C:\\folder\\a.jpg", "a.jpg"],
      [`${"ا".repeat(5000)}.jpg`, undefined],
    ];
    for (const [name, expected] of names) {
      const path = `/upload/image?name=${encodeURIComponent(name)}`;
      assert.strictEqual((await ask(path, picture)).status, 200);
      const uploads = (await runtime.emulator.requests()).filter(({ upload }) => upload);
      const received = uploads.at(-1).upload.file_name;
      if (expected) assert.strictEqual(received, expected);
      assert.isAtMost(received.length, 130);
      assert.match(received, /\.jpg$/);
    }
  },

  "an async log that rejects changes nothing": async (runtime) => {
    await runtime.emulator.fault({ on: "token", status: { status: 500 } });
    const onError = async () => {
      throw new Error("the log is full");
    };
    const { ask } = handlerOf(runtime, { onError });
    assert.strictEqual((await ask("/token")).status, 502);
  },

  "an empty body is refused with the order of body parsers": async (runtime) => {
    const { ask } = handlerOf(runtime);
    for (const path of ["/token", "/messages"]) {
      const { status, body } = await ask(path, { body: "" });
      assert.strictEqual(status, 400);
      assert.match(body.message, /express\.json\(\)/);
    }
  },

  "the app's headers are not sent on to Divar": async (runtime) => {
    const { main, emulator } = runtime;
    const { handle } = handlerOf(runtime);
    let calls = 0;
    const headers = async () => {
      calls += 1;
      return { "X-CSRF-Token": "c" };
    };
    const seen = [];
    await emulator.fault({ on: "upload", body: { text: '{"id":"m","status":"ok"}' } });
    await emulator.fault({ on: "message", body: { text: "{}" } });
    await main.sendMedia(new File([PICTURE], "a.jpg"), {
      endpoint: "https://app.example/divar",
      chatUrl: emulator.base,
      conversationId: "c",
      headers,
      fetch: (url, init) => {
        if (!String(url).startsWith("https://app.example/")) return fetch(url, init);
        const request = new Request(url, init);
        seen.push(request.headers.get("x-csrf-token"));
        return handle(request);
      },
    });
    assert.deepEqual(seen, ["c", "c"]);
    assert.strictEqual(calls, 2);
    const requests = await emulator.requests();
    assert.strictEqual(requests.length, 3);
    for (const request of requests) {
      assert.strictEqual(headerOf(request, "x-csrf-token"), undefined);
    }
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

  "a refusal by Divar is logged whole and reaches the page as a code": async (runtime) => {
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

  "a lost answer of Divar's is an unknown delivery": async (runtime) => {
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

  "exceptions of the app's functions are logged and not sent to the page": async (runtime) => {
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

  "a handler without a key or `authorize` is an invalid argument": async (runtime) => {
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

  "sendMedia sends everything through the handler with `relay`": async (runtime) => {
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
    const proxied = await from("https://shown.example", "POST", {
      "Sec-Fetch-Site": "same-origin",
    });
    assert.strictEqual(proxied.status, 200);
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
