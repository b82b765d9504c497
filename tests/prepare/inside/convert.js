// Functions that convert.test.js calls in the browser.
import { prepareMedia, recordVoice } from "/divar-chat-media/prepare";

/** Imports the bundled entry: a browser does not resolve the package names that it imports. */
const importConvert = () => import("/scripts/convert.js");

/** The type that a browser gives a chosen file by its extension. */
const TYPES = { flac: "audio/flac", aac: "audio/aac" };

async function load(name) {
  const blob = await (await fetch(`/media/${name}`)).blob();
  return new File([blob], name, { type: TYPES[name.split(".").pop()] ?? "" });
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

/** Prepares a file with `convertMedia` itself as the converter. */
export async function convertDirectly(name) {
  const { convertMedia } = await importConvert();
  return described(await prepareMedia(await load(name), null, { convert: convertMedia }));
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

/** Aborts a running conversion, then converts the next file. */
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

/** Converts files at once; returns in which order they reported progress. */
export async function together(names) {
  const order = [];
  const converted = names.map(async (name) => {
    const onProgress = () => order.at(-1) === name || order.push(name);
    return prepareMedia(await load(name), null, { convert: importConvert, onProgress });
  });
  const files = await Promise.all(converted);
  return { order, names: files.map(({ name }) => name) };
}

/** Plays a file to its end in a media element. */
export async function plays(base64, type) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const media = document.createElement(type.startsWith("video") ? "video" : "audio");
  media.src = URL.createObjectURL(new Blob([bytes], { type }));
  media.muted = true;
  media.playbackRate = 4;
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
  return { name: file.name, type: file.type, size: file.size, base64 };
}
