// Functions that the tests of conversion call in a browser.
import { inspectMedia, prepareMedia, recordVoice } from "/divar-chat-media/prepare";

/** Imports the bundled entry: a browser does not resolve the package names that it imports. */
const importConvert = () => import("/scripts/convert.js");

async function load(name) {
  const blob = await (await fetch(`/media/${name}`)).blob();
  return new File([blob], name);
}

/** Prepares a file; returns the result in base64 with the reported changes and progress. */
export async function convert(name, type = null, options = {}) {
  const changes = [];
  const progress = [];
  const file = await prepareMedia(await load(name), type, {
    convert: importConvert,
    onChange: (change) => changes.push(change),
    onProgress: ({ phase, done }) => progress.push([phase, done]),
    ...options,
  });
  return { ...(await described(file)), changes, progress };
}

let chosen;

/** Converts the file that was chosen in the page, and gives the size of the result. */
export async function convertChosen() {
  const [file] = document.querySelector("input").files;
  chosen = await prepareMedia(file, "video", { convert: importConvert });
  return chosen.size;
}

/** What `convertChosen` has made, in base64. */
export const chosenResult = async () => (await described(chosen)).base64;

/** Prepares a file with `convertMedia` itself as the converter. */
export async function convertDirectly(name) {
  const { convertMedia } = await importConvert();
  return described(await prepareMedia(await load(name), null, { convert: convertMedia }));
}

/** Calls `convertMedia` alone, which keeps what it is given; returns the result in base64, or its error. */
export async function convertAlone(name, mediaType, maxBytes) {
  const { convertMedia } = await importConvert();
  try {
    return await described(await convertMedia(await load(name), { mediaType, maxBytes }));
  } catch ({ code, message }) {
    return { code, message };
  }
}

/** Prepares a file, and gives its preview in base64, whether that came first, and the name of the result. */
export async function preview(name, type = null, options = {}) {
  const events = [];
  const shown = Promise.withResolvers();
  const onPreview = (preview) => {
    events.push("preview");
    shown.resolve(preview);
    if (options.throws) throw new Error("a defect of the page");
  };
  const wanted = { convert: importConvert, onPreview, ...options };
  const file = await prepareMedia(await load(name), type, wanted);
  events.push("file");
  return { ...(await described(await shown.promise)), events, file: file.name };
}

/** Prepares a file whose preview the page's policy forbids, and waits until the browser has said so. */
export async function previewForbidden(name) {
  const reported = new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
  });
  let isCalled = false;
  const onPreview = () => {
    isCalled = true;
  };
  const file = await prepareMedia(await load(name), null, { onPreview });
  const directive = await reported;
  // The video's error is a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  return { file: file.name, directive, isCalled };
}

/** Prepares a file that must be rejected; returns its error. */
export async function refusal(name, type = null, options = {}) {
  try {
    await prepareMedia(await load(name), type, { convert: importConvert, ...options });
    return { code: "not rejected" };
  } catch ({ code, message, stage }) {
    return { code, message, stage };
  }
}

/** The error when the converter does not load, throws or returns no file. */
export async function failingConverter(kind) {
  const converters = {
    import: () => import("/scripts/missing.js"),
    throws: () => {
      throw new Error("thrown by the page");
    },
    number: () => 7,
  };
  return refusal("tone.ogg", null, { convert: converters[kind] });
}

/** The format of a file. */
export const format = async (name) => (await inspectMedia(await load(name))).format;

/** What a converter is asked for, which takes every file and gives what `result` is converted to. */
export async function convertTo(name, result, options = {}) {
  let given;
  const changes = [];
  const convert = async (_, target) => {
    given = target.mediaType;
    const { convertMedia } = await importConvert();
    return convertMedia(await load(result), { ...target, mediaType: "video" });
  };
  const onChange = ({ change }) => changes.push(change);
  await prepareMedia(await load(name), null, { convert, onChange, ...options }).catch(() => {});
  return { given, changes };
}

/** The error of a file whose converter fails with this code. */
export async function failingWith(name, code) {
  const convert = () => {
    throw Object.assign(new Error(code), { name: "DivarMediaError", code, stage: "prepare" });
  };
  return refusal(name, null, { convert });
}

/** The error of the entry's function for a file whose bytes do not come. */
export async function unreadable(name) {
  const file = await load(name);
  const { convertMedia } = await importConvert();
  globalThis.stallFiles();
  const { code } = await convertMedia(file, { mediaType: "voice", maxBytes: 1_500_000 }).catch(
    (error) => error,
  );
  return { code };
}

/** Aborts once it converts. Gives how it ended, and whether the next one works. */
export async function abort(name, next) {
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  const reports = [];
  const onProgress = (progress) => {
    reports.push(progress);
    controller.abort(reason);
  };
  const options = { convert: importConvert, onProgress, signal: controller.signal };
  const outcome = await prepareMedia(await load(name), null, options).catch((error) => error);
  const { name: following } = await convert(next);
  return { isReason: outcome === reason, reports: reports.length, following };
}

/** Converts files at once. Gives the greatest number of those that were being converted. */
export async function together(names) {
  const { convertMedia } = await importConvert();
  const files = await Promise.all(names.map(load));
  const active = new Set();
  let most = 0;
  const converted = files.map(async (file) => {
    const onProgress = () => {
      active.add(file);
      most = Math.max(most, active.size);
    };
    const { size } = await convertMedia(file, { mediaType: "video", maxBytes: 1e7, onProgress });
    active.delete(file);
    return size;
  });
  const sizes = await Promise.all(converted);
  return { most, sizes };
}

/** Plays a file to its end in a media element. */
export async function plays(base64, type) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const media = document.createElement(type.startsWith("video") ? "video" : "audio");
  media.src = URL.createObjectURL(new Blob([bytes], { type }));
  media.muted = true;
  // At a higher rate, Firefox on a busy machine may wait for ever for the frame after the first one.
  media.playbackRate = 2;
  const ended = new Promise((resolve, reject) => {
    media.onended = resolve;
    media.onerror = () => reject(new Error(media.error.message));
  });
  await media.play();
  await ended;
  return { seconds: media.duration, width: media.videoWidth, height: media.videoHeight };
}

/** Records until sound has arrived, or to the limit, and converts the recording. */
export async function record({ maxBytes } = {}) {
  const ticks = [];
  const heard = Promise.withResolvers();
  const recording = await recordVoice({
    convert: importConvert,
    ...(maxBytes && { maxBytes }),
    onTick: (tick) => {
      ticks.push(tick);
      if (tick.seconds > 1.5 && tick.bytes > 0) heard.resolve();
    },
  });
  if (!maxBytes) {
    await heard.promise;
    recording.stop();
  }
  return { ...(await described(await recording.file)), ticks };
}

/** Cancels while the recording is converted. */
export async function cancelWhileConverting() {
  const heard = Promise.withResolvers();
  const converting = Promise.withResolvers();
  const convert = (_, { signal }) => {
    converting.resolve(signal);
    return new Promise(() => {});
  };
  const recording = await recordVoice({
    convert,
    onTick: ({ bytes }) => bytes > 4_000 && heard.resolve(),
  });
  await heard.promise;
  recording.stop();
  const signal = await converting.promise;
  recording.cancel();
  const { name } = await recording.file.catch((error) => error);
  return { name, aborted: signal.aborted };
}

async function described(file) {
  const reader = new FileReader();
  reader.readAsDataURL(file);
  await new Promise((resolve) => {
    reader.onload = resolve;
  });
  const base64 = reader.result.split(",")[1];
  const { name, type, size } = file;
  return { name, type, size, base64 };
}
