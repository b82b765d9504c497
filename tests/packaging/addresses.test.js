// Which addresses, ids and keys a call accepts: the others are refused before anything is sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { buildMediaMessage, getUploadToken, uploadMedia } from "divar-chat-media";
import { sendMediaMessage } from "divar-chat-media/edge";
import { inRealm, PLATFORM } from "./realm.js";

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 0xff, 0xd9]);

/** The addresses that a call has asked for, and its outcome: a value or an error's code. */
async function requested(call) {
  const urls = [];
  const fetch = async (input) => {
    urls.push(String(input?.url ?? input));
    return Response.json({ token: "t", id: "m", status: "ok", conversation_id: "c" });
  };
  const outcome = await call({ fetch, retries: 0 }).catch(({ code }) => code);
  return { urls, outcome };
}

const fromDivar = (openApiUrl, apiKey = "k", more = {}) =>
  requested((options) => getUploadToken({ ...options, ...more, apiKey, openApiUrl }));
const fromEndpoint = (endpoint, more = {}) =>
  requested((options) => getUploadToken({ ...options, ...more, endpoint }));
const upload = (chatUrl, more = {}) =>
  requested((options) =>
    uploadMedia(new Blob([JPEG]), "image", { ...options, ...more, token: "t", chatUrl }),
  );
const message = (conversationId) =>
  requested(({ fetch }) =>
    sendMediaMessage("m", { fetch, apiKey: "k", target: "chatbot", conversationId }),
  );

const MINT = "/experimental/open-platform/chat/upload";

describe("addresses", () => {
  for (const host of ["localhost", "a.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "0x7f.1"]) {
    test(`accepts http on this machine: ${host}`, async () => {
      for (const address of [`http://${host}`, `http://${host}:81`]) {
        const { origin } = new URL(address);
        assert.deepEqual((await fromDivar(address)).urls, [origin + MINT]);
        assert.deepEqual((await fromEndpoint(`${address}/a`)).urls, [`${origin}/a/token`]);
        assert.deepEqual((await upload(address)).urls, [`${origin}/upload/image`]);
      }
    });
  }

  for (const address of [
    "http://chat.divar.ir",
    "http://128.0.0.1",
    "http://127.0.0.1.evil.ir",
    "http://localhost.ir",
    "http://localhost:80@evil.ir",
    "http://evil.ir?.localhost",
    "http://[::2]",
    "ftp://localhost/",
    "file:///",
    "data:,https://a",
    "blob:http://app.ir/1",
    "/divar",
    "",
    7,
    "https://u:p@a.ir",
    "https://u@a.ir",
    "https://a.ir/?",
    "https://a.ir#b",
  ]) {
    test(`refuses ${JSON.stringify(address)}`, async () => {
      for (const call of [fromDivar, fromEndpoint, upload]) {
        assert.deepEqual(await call(address), { urls: [], outcome: "invalid_argument" });
      }
    });
  }

  test("accepts http on other hosts only with allowInsecureHttp", async () => {
    const more = { allowInsecureHttp: true };
    const host = "http://192.168.1.7:9310";
    assert.deepEqual((await fromDivar(host, "k", more)).urls, [host + MINT]);
    assert.deepEqual((await fromEndpoint(`${host}/divar`, more)).urls, [`${host}/divar/token`]);
    assert.deepEqual((await upload(host, more)).urls, [`${host}/upload/image`]);
    assert.equal((await upload("ftp://192.168.1.7", more)).outcome, "invalid_argument");
  });

  test("ignores slashes at the end of a base address", async () => {
    const { urls } = await upload("https://chat.divar.ir//");
    assert.deepEqual(urls, ["https://chat.divar.ir/upload/image"]);
    assert.deepEqual((await fromEndpoint("https://a.ir/@1/b")).urls, ["https://a.ir/@1/b/token"]);
  });
});

test("an endpoint may be of the page's own origin, and of no other plain one", async () => {
  const inPage = (location, endpoint) => {
    const page = inRealm("page", { ...PLATFORM, TextDecoder, TextEncoder, location });
    return requested((options) => page.getUploadToken({ ...options, endpoint }));
  };
  const page = { href: "http://app.ir/a/b", origin: "http://app.ir" };
  assert.deepEqual((await inPage(page, "/divar/")).urls, ["http://app.ir/divar/token"]);
  const local = { href: "file:///a", origin: "null" };
  for (const [location, endpoint] of [
    [page, "http://app.ir.evil.ir/divar"],
    [page, "blob:http://app.ir/1"],
    [local, "data:,x"],
    [local, "/divar"],
  ]) {
    const { urls, outcome } = await inPage(location, endpoint);
    assert.deepEqual({ urls, outcome }, { urls: [], outcome: "invalid_argument" }, endpoint);
  }
});

test("an id is one segment of a path, and no dots", async () => {
  const { urls } = await message("6Gq+m/D7=");
  assert.equal(urls.length, 1);
  assert.match(urls[0], /\/conversations\/6Gq%2Bm%2FD7%3D\/messages$/);
  for (const id of ["", ".", "..", undefined]) {
    assert.deepEqual(await message(id), { urls: [], outcome: "invalid_argument" });
  }
});

test("a key is visible ASCII", async () => {
  assert.equal((await fromDivar("https://a.ir", "YWJj+/=")).outcome, "t");
  for (const key of ["", "a b", "a\nb", "کلید", "é", "a\u007f"]) {
    assert.deepEqual(await fromDivar("https://a.ir", key), {
      urls: [],
      outcome: "invalid_argument",
    });
  }
});

test("an error has its code, its stage and sentences for people", () => {
  assert.throws(
    () => buildMediaMessage(""),
    ({ name, code, stage, retryable, deliveryUnknown, userMessage }) => {
      assert.deepEqual(
        { name, code, stage, retryable, deliveryUnknown },
        {
          name: "DivarMediaError",
          code: "invalid_argument",
          stage: "message",
          retryable: false,
          deliveryUnknown: false,
        },
      );
      return userMessage.fa.length > 0 && userMessage.en.length > 0;
    },
  );
});
