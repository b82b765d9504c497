// Networks in which bytes that the socket took are not bytes that arrived.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import { emulatorAddress, openSpace } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { startSlowProxy } from "./slow-proxy.js";

/** The file arrives in four seconds, eight times what an answer may take beside its size. */
const SIZE = 160_000;
const BYTES_PER_SECOND = 40_000;
const ANSWER_TIMEOUT = 500;

const proxy = await startSlowProxy(emulatorAddress().url, BYTES_PER_SECOND);
after(proxy.close);
const emulator = openSpace();
const chatUrl = `${proxy.url}${emulator.path}`;
const bytes = new Uint8Array([...JPEG, ...new Uint8Array(SIZE).fill(7)]);

for (const [how, onProgress] of [
  ["without", undefined],
  ["with", () => {}],
]) {
  test(`an upload ${how} progress through a proxy that takes all bytes at once arrives`, async () => {
    const token = await getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base });
    const file = new File([bytes], "a.jpg");
    const limits = { answerTimeout: ANSWER_TIMEOUT, stallTimeout: ANSWER_TIMEOUT, retries: 0 };
    const { id } = await uploadMedia(file, "image", { token, chatUrl, onProgress, ...limits });
    assert.ok(id);
    const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
    assert.equal(uploads.at(-1).upload.sha256, await sha256(bytes));
  });
}
