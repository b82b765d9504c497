// A page that a service worker controls: no upload progress is reported there.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { getUploadToken } from "divar-chat-media/edge";
import { startSlowProxy } from "../runtimes/slow-proxy.js";
import { emulatorAddress, openSpace } from "../support/emulator.js";
import { openApp } from "./app.js";

/** The file arrives in three seconds, six times the limits beside its size. */
const SIZE = 120_000;
const BYTES_PER_SECOND = 40_000;
const LIMIT = 500;

const proxy = await startSlowProxy(emulatorAddress().url, BYTES_PER_SECOND);
const { page, close } = await openApp();
after(async () => {
  await close();
  proxy.close();
});

test("an upload with progress over a slow link arrives with the first try", async () => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.reload();
  assert.ok(await page.evaluate(() => Boolean(navigator.serviceWorker.controller)));

  const emulator = openSpace();
  const token = await getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base });
  const { value, error, progress, tokens } = await page.evaluate(
    ([size, options]) => media.upload(media.picture(size), options),
    [
      SIZE,
      {
        token,
        tellsProgress: true,
        chatUrl: `${proxy.url}${emulator.path}`,
        stallTimeout: LIMIT,
        answerTimeout: LIMIT,
      },
    ],
  );
  assert.ok(value?.id, JSON.stringify(error));
  assert.equal(tokens, 1);
  assert.deepEqual(progress.at(-1), { loaded: SIZE, total: SIZE, phase: "processing" });
  const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
  assert.equal(uploads.length, 1);
});
