// Answers that do not end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { until } from "../support/wait.js";
import { openApp, startApp } from "./app.js";

/** More than the kernels and the browser take ahead of the page. */
const ENDLESS = 200_000_000;
const READ_AHEAD = 50_000_000;
const PIECE = Buffer.alloc(64 * 1024, " ");

let sent = 0;
let isOpen = false;
const host = await startApp({
  "/upload/image": (request, response) => {
    request.resume();
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    sent = 0;
    isOpen = true;
    response.on("close", () => {
      isOpen = false;
    });
    response.writeHead(200, { ...headers, "Content-Type": "application/json" });
    const send = () => {
      while (isOpen && sent < ENDLESS) {
        sent += PIECE.length;
        if (!response.write(PIECE)) return response.once("drain", send);
      }
    };
    request.on("end", send);
  },
});
const { page, close } = await openApp();
after(async () => {
  await close();
  host.close();
});

for (const tellsProgress of [false, true]) {
  const how = tellsProgress ? "with" : "without";
  test(`an answer without a length is not read to its end, ${how} progress`, async () => {
    const { error } = await page.evaluate((options) => media.upload(media.picture(1000), options), {
      token: "t",
      tellsProgress,
      chatUrl: host.url,
      retries: 0,
    });
    assert.equal(error?.code, "malformed_answer");
    await until(() => !isOpen);
    assert.ok(sent < READ_AHEAD, `${sent} bytes were sent`);
  });
}
