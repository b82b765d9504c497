// The handler behind the adapters of Node's servers: all three routes, and what fails on the way.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, describe, test } from "node:test";
import { getUploadToken, sendMedia, uploadMedia } from "divar-chat-media";
import { createMediaHandler } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { JPEG, MP4, picture } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { until } from "../support/wait.js";
import { behindBodyParser, servers } from "./adapters.js";

/** A server with a handler over a space of the emulator of its own. */
async function started(start, options) {
  const emulator = openSpace();
  const logged = [];
  const handle = createMediaHandler({
    apiKey: emulator.key,
    openApiUrl: emulator.base,
    chatUrl: emulator.base,
    relay: true,
    authorize: () => ({ conversations: ["c"] }),
    onError: (error) => logged.push(error),
    ...options,
  });
  const server = await start(handle);
  after(server.close);
  return { ...server, emulator, logged };
}

const VIDEO = new Uint8Array(3_000_000).fill(7);
VIDEO.set(MP4);

for (const [name, start] of Object.entries(servers)) {
  describe(name, () => {
    test("gives a token and sends a message", async () => {
      const { url: endpoint, emulator } = await started(start);
      const options = { endpoint, chatUrl: emulator.base, conversationId: "c", retries: 0 };
      assert.deepEqual(await sendMedia(picture(), options), { conversationId: "c" });
      const [{ media }] = await emulator.messages();
      assert.equal(media.sha256, await sha256(JPEG));
    });

    test("relays a file whole, with and without progress", async () => {
      const { url: endpoint, emulator } = await started(start);
      for (const onProgress of [undefined, () => {}]) {
        const file = new File([VIDEO], "خانهٔ 'من'.mp4", { type: "video/mp4" });
        const { id } = await uploadMedia(file, "video", { endpoint, onProgress, retries: 0 });
        assert.ok(id);
        const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
        assert.equal(uploads.at(-1).upload.sha256, await sha256(VIDEO));
        assert.equal(uploads.at(-1).upload.file_name, "خانهٔ 'من'.mp4");
      }
    });

    test("takes a slash at the end", async () => {
      const { url: endpoint } = await started(start);
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`${endpoint}/token/`, { method: "POST", headers, body: "{}" });
      assert.equal(answer.status, 200);
    });

    test("refuses an unknown user and a body that is no message", async () => {
      const { url: endpoint, emulator } = await started(start, { authorize: () => null });
      await assert.rejects(getUploadToken({ endpoint }), { code: "unauthorized", status: 401 });
      const { url: open } = await started(start);
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`${open}/messages`, { method: "POST", headers, body: "[]" });
      assert.equal(answer.status, 400);
      assert.deepEqual(await emulator.requests(), []);
    });

    test("ends a relay whose client disconnects, without a log entry", async () => {
      const { url: endpoint, emulator, logged } = await started(start);
      const { hostname, port } = new URL(endpoint);
      const socket = connect(Number(port), hostname);
      await once(socket, "connect");
      socket.write(
        "POST /divar/upload/video?name=a.mp4 HTTP/1.1\r\nHost: app\r\n" +
          `Content-Type: video/mp4\r\nContent-Length: ${VIDEO.length}\r\n\r\n`,
      );
      socket.write(VIDEO.subarray(0, 200_000));
      const uploads = async () =>
        (await emulator.requests()).filter(({ route }) => route === "upload");
      await until(async () => (await uploads()).length === 1);
      socket.destroy();
      await until(async () => (await uploads())[0].outcome !== "pending");
      assert.equal((await uploads())[0].upload.sha256 ?? null, null);
      assert.deepEqual(logged, []);
    });
  });
}

/** What a route answers to this JSON behind a body parser. */
async function askedBehindBodyParser(start, route) {
  const { url: endpoint, emulator } = await started(start);
  await emulator.fault({ on: "message", body: { text: "{}" } });
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ conversation_id: "c", media_token: "m" });
  const answer = await fetch(`${endpoint}/${route}`, { method: "POST", headers, body });
  return { status: answer.status, ...(await answer.json()) };
}

for (const route of ["token", "messages"]) {
  test(`a body parser before @hono/node-server is named in the refusal: ${route}`, async () => {
    const start = behindBodyParser["@hono/node-server"];
    const { status, code, message } = await askedBehindBodyParser(start, route);
    assert.equal(status, 400);
    assert.equal(code, "invalid_argument");
    assert.match(message, /express\.json\(\)/);
  });

  test(`a body parser before @whatwg-node/server does not affect it: ${route}`, async () => {
    const start = behindBodyParser["@whatwg-node/server"];
    assert.equal((await askedBehindBodyParser(start, route)).status, 200);
  });
}
