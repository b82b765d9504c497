// The API key in places that anyone can read.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openSpace } from "../support/emulator.js";
import { openApp } from "./app.js";

const { page, close } = await openApp();
after(close);

/** Calls that would send the key, in a worker that has loaded the page's script. */
const inWorker = ([openApiUrl, apiKey]) =>
  new Promise((resolve, reject) => {
    const script = `
      importScripts("${location.origin}/page.js");
      const { edge, main, outcome } = media;
      const secret = ${JSON.stringify({ apiKey, openApiUrl })};
      const to = { target: "chatbot", conversationId: "c" };
      const made = async () => edge.createMediaHandler({ ...secret, authorize: () => ({}) });
      const all = [
        main.getUploadToken(secret),
        edge.getUploadToken(secret),
        edge.sendMediaMessage("m", { ...secret, ...to }),
        made(),
      ];
      Promise.all(all.map(outcome)).then(postMessage);`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])));
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

test("a page's dedicated worker refuses the key before anything is sent", async () => {
  const emulator = openSpace();
  const outcomes = await page.evaluate(inWorker, [emulator.base, emulator.key]);
  assert.deepEqual(
    outcomes.map(({ error }) => error?.code),
    ["key_in_page", "key_in_page", "key_in_page", "key_in_page"],
  );
  assert.deepEqual(await emulator.requests(), []);
});
