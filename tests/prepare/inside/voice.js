import { recordVoice } from "/divar-chat-media/prepare";

/** Records up to `maxBytes`. */
export async function recordAll(maxBytes) {
  const ticks = [];
  const timers = watchTimers();
  const recording = await recordVoice({ maxBytes, onTick: (tick) => ticks.push(tick) });
  const file = await recording.file;
  return { ...(await look(file)), ticks, timers: timers.size };
}

/** Keeps the ids of running intervals. */
function watchTimers() {
  const timers = new Set();
  const { setInterval, clearInterval } = globalThis;
  globalThis.setInterval = (...args) => {
    const timer = setInterval(...args);
    timers.add(timer);
    return timer;
  };
  globalThis.clearInterval = (timer) => {
    timers.delete(timer);
    clearInterval(timer);
  };
  return timers;
}

/** Records until sound has arrived, and ends the recording by `end`. */
export async function recordABit(end, { given } = {}) {
  const stream = given ? await navigator.mediaDevices.getUserMedia({ audio: true }) : undefined;
  const controller = new AbortController();
  const heard = Promise.withResolvers();
  const recording = await recordVoice({
    stream,
    signal: controller.signal,
    onTick: ({ bytes }) => bytes > 0 && heard.resolve(),
  });
  await heard.promise;
  if (end === "abort") controller.abort(new Error("changed my mind"));
  else if (end === "unplug") for (const track of stream.getTracks()) track.stop();
  else recording[end]();
  const outcome = await recording.file.then(look, ({ name, message }) => ({ name, message }));
  return { ...outcome, given: stream?.getTracks().map(({ readyState }) => readyState) };
}

/** Stops this many milliseconds after the start. */
export async function stopAfter(milliseconds) {
  const recording = await recordVoice();
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return recording.stop().then(look, ({ code, stage, userMessage }) => ({
    code,
    stage,
    en: userMessage.en,
  }));
}

/** Records with an `onTick` that throws or rejects; returns the unhandled rejections. */
export async function recordWithFailingCallback(isAsync) {
  const unhandled = [];
  addEventListener("unhandledrejection", ({ reason }) => unhandled.push(reason.message));
  const heard = Promise.withResolvers();
  const fail = ({ bytes }) => {
    if (bytes > 0) heard.resolve();
    throw new Error("thrown by the page");
  };
  const recording = await recordVoice({ onTick: isAsync ? async (tick) => fail(tick) : fail });
  await heard.promise;
  const { size } = await recording.stop();
  // Unhandled rejections are reported before the next task.
  await new Promise((resolve) => setTimeout(resolve));
  return { size, unhandled };
}

/** Calls `recordVoice` with this stream; returns the error's code. */
export async function recordStream(name) {
  const streams = { number: 7, empty: new MediaStream() };
  return recordVoice({ stream: streams[name] }).catch(({ code }) => code);
}

/** Calls `recordVoice`, which must reject; returns the error with the name of its cause. */
export async function refusal(options) {
  try {
    await recordVoice(options);
    return "not rejected";
  } catch ({ name, code, stage, cause, userMessage }) {
    return { name, code, stage, cause: cause?.name, en: userMessage?.en };
  }
}

/** Aborts during the permission prompt; the microphone opens afterwards. */
export async function abortAsking() {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const answer = Promise.withResolvers();
  navigator.mediaDevices.getUserMedia = () => answer.promise;
  const controller = new AbortController();
  const recording = recordVoice({ signal: controller.signal });
  controller.abort();
  const name = await recording.catch(({ name }) => name);
  const stream = await real({ audio: true });
  answer.resolve(stream);
  await answer.promise;
  return { name, states: stream.getTracks().map(({ readyState }) => readyState) };
}

async function look(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 8).arrayBuffer()));
  const audio = await new AudioContext().decodeAudioData(await file.arrayBuffer());
  return { name: file.name, type: file.type, size: file.size, head, seconds: audio.duration };
}
