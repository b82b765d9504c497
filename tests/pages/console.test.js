// What calls print in a page's console.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { getUploadToken } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { openApp, startApp } from "./app.js";

/** A chat host whose answers show pages no header beside those that CORS always shows. */
const host = await startApp({
  "/upload/image": (request, response) => {
    request.resume();
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    request.on("end", () => {
      response.writeHead(200, { ...headers, "Content-Type": "application/json" });
      response.end('{"id":"m","status":"ok"}');
    });
  },
});
const { page, messages, close } = await openApp();
after(async () => {
  await close();
  host.close();
});

for (const tellsProgress of [false, true]) {
  const how = tellsProgress ? "with" : "without";
  test(`an upload ${how} progress to a host that exposes no header prints nothing`, async () => {
    const { value } = await page.evaluate((options) => media.upload(media.picture(1000), options), {
      token: "t",
      tellsProgress,
      chatUrl: host.url,
    });
    assert.deepEqual(value, { id: "m" });
    assert.deepEqual(messages, []);
  });
}

test("an upload with progress still reads Retry-After where the host exposes it", async () => {
  const emulator = openSpace();
  const token = await getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base });
  await emulator.fault({ on: "upload", status: { status: 429, retry_after: "3600" } });
  const error = await page.evaluate(
    (options) =>
      media.main
        .uploadMedia(media.picture(1000), "image", { ...options, onProgress: () => {} })
        .catch(({ code, retryAfterMs }) => ({ code, retryAfterMs })),
    { token, chatUrl: emulator.base, retries: 0 },
  );
  assert.deepEqual(error, { code: "rate_limited", retryAfterMs: 3_600_000 });
});
