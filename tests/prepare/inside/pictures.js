// Functions that the tests of pictures call in the browser.
import { inspectMedia, prepareMedia } from "/divar-chat-media/prepare";
import { sha256 } from "/tests/support/sha256.js";

export const load = async (name) => (await fetch(`/media/${name}`)).blob();

/** Prepares one of the server's pictures and describes the result. */
export async function fit(name, options) {
  return look(await redrawn(await load(name), options));
}

/** Prepares a picture that must be redrawn; describes it with the size that `onChange` reported. */
export async function redrawn(blob, options) {
  const changes = [];
  const onChange = (change) => changes.push(change);
  const file = await prepareMedia(blob, "image", { ...options, onChange });
  const [{ change, width, height }] = changes;
  if (change !== "redrawn") throw new Error(`the picture is ${change}`);
  return { blob: file, width, height };
}

/** Like `fit`, for a Blob made of several parts. */
export async function fitComposed(name, options) {
  const blob = await load(name);
  const parts = [blob.slice(0, 100), blob.slice(100)];
  return look(await redrawn(new Blob(parts, { type: blob.type }), options));
}

/** The size of a picture before and after `prepareMedia` without options, in bytes. */
export async function sizes(name) {
  const blob = await load(name);
  const { size } = await prepareMedia(blob, "image");
  return { before: blob.size, after: size };
}

/** Prepares a picture that must be rejected; returns its error with the name of its cause. */
export async function refusal(name, options) {
  try {
    await fit(name, options);
    return "not rejected";
  } catch ({ name, code, stage, userMessage, cause }) {
    return { name, code, stage, fa: userMessage?.fa, cause: cause?.name };
  }
}

/** Prepares a picture with callbacks that reject; returns the unhandled rejections. */
export async function unhandledRejections(name, options) {
  const unhandled = [];
  addEventListener("unhandledrejection", ({ reason }) => unhandled.push(reason.message));
  const fail = async () => {
    throw new Error("thrown by the page");
  };
  await prepareMedia(await load(name), "image", { ...options, onProgress: fail, onChange: fail });
  // Unhandled rejections are reported before the next task.
  await new Promise((resolve) => setTimeout(resolve));
  return unhandled;
}

/** Prepares and inspects a file of an iframe's realm. */
export async function fitFromFrame(name, options) {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const { File, AbortController } = frame.contentWindow;
  const { signal } = new AbortController();
  const file = new File([await load(name)], name);
  const { format } = await inspectMedia(file, { signal });
  return { format, ...(await look(await redrawn(file, { ...options, signal }))) };
}

/** Prepares a picture with an `onProgress` that throws; returns what it was called with. */
export async function progress(name, options) {
  const reports = [];
  const onProgress = (progress) => {
    reports.push(progress);
    throw new Error("thrown by the page");
  };
  await fit(name, { ...options, onProgress });
  return reports;
}

/** Decodes a picture by the browser; returns its type, size, corner colours and middle pixel. */
export async function look({ blob, width, height }) {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const at = (x, y) => [...context.getImageData(x, y, 1, 1).data];
  const [right, bottom] = [bitmap.width - 4, bitmap.height - 4];
  return {
    type: blob.type,
    size: blob.size,
    reported: `${width}x${height}`,
    found: `${bitmap.width}x${bitmap.height}`,
    corners: [at(3, 3), at(right, 3), at(3, bottom), at(right, bottom)].map(colour).join(" "),
    middle: at(bitmap.width >> 1, bitmap.height >> 1),
    contrast: contrast(context),
    text: String.fromCharCode(...new Uint8Array(await blob.slice(0, 4096).arrayBuffer())),
    sha256: await sha256(await blob.arrayBuffer()),
  };
}

const COLOURS = { 100: "red", "010": "green", "001": "blue", 110: "yellow", 111: "white" };

function colour([red, green, blue, alpha]) {
  if (alpha === 0) return "nothing";
  return COLOURS[[red, green, blue].map((value) => (value > 127 ? 1 : 0)).join("")];
}

/** Difference between the darkest and the lightest pixel, without those at the edges. */
function contrast(context) {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(2, 2, width - 4, height - 4);
  const reds = data.filter((_, at) => at % 4 === 0);
  const [darkest, lightest] = reds.reduce(
    ([low, high], red) => [Math.min(low, red), Math.max(high, red)],
    [255, 0],
  );
  return lightest - darkest;
}

/**
 * Aborts as soon as `onProgress` reports `phase`, or when a worker is created for "starting".
 *
 * @returns how the call ended, and the counts of watch.js
 */
export async function abort(name, options, phase) {
  const blob = await load(name);
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const outcome = await new Promise((resolve) => {
    const stop = () => {
      controller.abort(reason);
      setTimeout(() => resolve("not rejected at once"));
    };
    const onProgress = (progress) => progress.phase === phase && stop();
    if (phase === "starting") globalThis.workerCreated = stop;
    prepareMedia(blob, "image", { ...options, signal: controller.signal, onProgress }).then(
      () => resolve("not aborted"),
      (error) => resolve(error === reason ? "aborted" : String(error)),
    );
  });
  return { outcome, ...globalThis.watched };
}

/** Prepares the same picture many times at once. */
export async function fitMany(name, options, times) {
  const blob = await load(name);
  const pictures = await Promise.all(
    Array.from({ length: times }, () => prepareMedia(blob, "image", options)),
  );
  return { sizes: pictures.map(({ size }) => size), ...globalThis.watched };
}

/** Aborts `name` while encoding. Of two calls for `other` one is being redrawn and one waits. */
export async function abortBefore(name, other, options) {
  const [blob, hard] = [await load(name), await load(other)];
  const controller = new AbortController();
  const { signal } = controller;
  const onProgress = ({ phase }) => phase === "encoding" && controller.abort();
  const first = prepareMedia(blob, "image", { ...options, signal, onProgress }).catch(
    ({ name }) => name,
  );
  const [second, third] = [redrawn(hard, options), redrawn(hard, options)];
  await second;
  return { first: await first, third: await look(await third) };
}

/** Aborts a third picture, which waits while two are being redrawn, and prepares a fourth. */
export async function abortWaiting(name, options) {
  const blob = await load(name);
  const prepare = (more) => prepareMedia(blob, "image", { ...options, ...more });
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  let isDrawn = false;
  // The two take several encodings: the third has been inspected and waits by then.
  const onProgress = ({ phase, done }) => {
    if (phase === "encoding" && done > 0) controller.abort(reason);
  };
  const two = [prepare({ onProgress }), prepare({ onProgress })];
  const third = prepare({ signal: controller.signal, onProgress: () => (isDrawn = true) });
  const outcome = await third.catch((error) => error === reason && !isDrawn);
  const fourth = await prepare();
  await Promise.all(two);
  return { outcome, fourth: fourth.size };
}

/** Prepares the same picture several times at once; returns the order in which redrawing begins. */
export async function drawingOrder(name, options, times) {
  const blob = await load(name);
  const order = [];
  const prepare = (number) => {
    const onProgress = ({ phase, done }) => {
      if (phase === "decoding" && done === 0) order.push(number);
    };
    return prepareMedia(blob, "image", { ...options, onProgress });
  };
  await Promise.all(Array.from({ length: times }, (_, number) => prepare(number)));
  return order;
}

/**
 * Prepares four pictures; two are redrawn at a time. When one of the two is done, the waiting third is
 * aborted this many microtasks later: before, while or after it gets its turn.
 *
 * @returns whether the third rejected with its reason, and the size of the fourth, which waits after it
 */
export async function abortAroundTurn(name, options, microtasks) {
  const blob = await load(name);
  const prepare = (more) => prepareMedia(blob, "image", { ...options, ...more });
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const abortLater = async () => {
    for (let count = 0; count < microtasks; count += 1) await undefined;
    controller.abort(reason);
  };
  let drawn = 0;
  const two = [];
  await new Promise((resolve) => {
    const onProgress = ({ phase, done }) => {
      if (phase === "decoding" && done === 0) drawn += 1;
      if (drawn === 2) resolve();
      if (phase === "encoding" && done === 1) abortLater();
    };
    two.push(prepare({ onProgress }), prepare({ onProgress }));
  });
  const third = prepare({ signal: controller.signal }).then(
    () => false,
    (error) => error === reason,
  );
  const fourth = prepare();
  await Promise.all(two);
  return { isAborted: await third, size: (await fourth).size };
}
