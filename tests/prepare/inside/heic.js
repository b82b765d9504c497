// Functions that heic.test.js calls in the browser.
import { prepareMedia } from "/divar-chat-media/prepare";
import { load } from "./pictures.js";

/** Limits that shrink no sample. */
const WHOLE = { longestEdge: 10_000 };

/**
 * Compares a prepared HEIC with libheif's PNG of the same picture. The PNG is encoded in the same
 * way, so that JPEG's loss does not count. Returns the sizes and the mean difference of each channel.
 */
export async function beside(name) {
  const prepared = await prepareMedia(await load(`${name}.heic`), "image", WHOLE);
  const reference = await encoded(await load(`${name}.png`), prepared.type);
  const [found, expected] = [await pixels(prepared), await pixels(reference)];
  return {
    type: prepared.type,
    found: found.size,
    expected: expected.size,
    differences: [0, 1, 2, 3].map((channel) => difference(found.data, expected.data, channel)),
  };
}

/** Red, green, blue and alpha in the middle of a prepared HEIC. */
export async function middle(name) {
  const prepared = await prepareMedia(await load(name), "image", WHOLE);
  const { data, width, height } = await pixels(prepared);
  const at = ((height >> 1) * width + (width >> 1)) * 4;
  return [...data.slice(at, at + 4)];
}

/** Prepares a HEIC that must be rejected; returns the error's code and message. */
export async function refusal(name, options) {
  try {
    await prepareMedia(await load(name), "image", options);
    return "not rejected";
  } catch ({ code, message }) {
    return { code, message };
  }
}

/** Prepares several at once; returns their sizes. */
export async function together(names) {
  const files = await Promise.all(names.map(load));
  const prepared = await Promise.all(files.map((file) => prepareMedia(file, "image")));
  const sizes = await Promise.all(prepared.map(async (file) => (await pixels(file)).size));
  return { sizes, ...globalThis.watched };
}

async function encoded(blob, type) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type, quality: 0.85 });
}

async function pixels(blob) {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { data, width, height, size: `${width}x${height}` };
}

/** Mean difference of one channel, in levels of 0 to 255. The colour of transparent pixels is ignored. */
function difference(found, expected, channel) {
  let [sum, count] = [0, 0];
  for (let at = 0; at < found.length; at += 4) {
    if (channel < 3 && expected[at + 3] === 0) continue;
    sum += Math.abs(found[at + channel] - expected[at + channel]);
    count += 1;
  }
  return sum / count;
}

/**
 * Aborts while the decoder's worker runs: its own "decoding" follows that of the first worker.
 *
 * @returns whether the call rejected with the reason itself
 */
export async function abortInDecoder(name) {
  const blob = await load(name);
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  let starts = 0;
  const onProgress = ({ phase, done }) => {
    if (phase === "decoding" && done === 0) starts += 1;
    if (starts === 2) controller.abort(reason);
  };
  return prepareMedia(blob, "image", { signal: controller.signal, onProgress }).then(
    () => "not aborted",
    (error) => (error === reason ? "aborted" : String(error)),
  );
}
