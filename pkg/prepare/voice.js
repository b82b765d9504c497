import { reasonOf, throwIfAborted } from "./abort.js";
import { meter } from "./level.js";
import { openSound } from "./microphone.js";
import { refuse } from "./refusal.js";
import { Room } from "./room.js";

/** What browsers record that Divar takes; AAC first, which every phone plays. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/mp4;codecs=opus", "audio/mp4"];
/** Plenty for a voice, and four minutes fit. */
const BITS_PER_SECOND = 48_000;
/** How often the recorder hands over what it has, in milliseconds. */
const CHUNK = 1_000;
/** How often `onTick` is called, in milliseconds: a level that is shown has to move. */
const TICK = 100;

/**
 * Starts to record a voice note that Divar takes. It ends by itself before it would be too large.
 *
 * @param {object} [options]
 * @param {MediaStream} [options.stream] instead of the microphone; it is left open
 * @param {AbortSignal} [options.signal] ends it without a file
 * @param {(tick: Tick) => void} [options.onTick] ten times a second
 * @param {number} [options.maxBytes]
 * @returns {Promise<VoiceRecording>}
 * @throws `cannot_record`, `invalid_argument`, or the signal's reason
 *
 * @typedef {{ seconds: number, secondsLeft: number, bytes: number, level?: number }} Tick
 */
export async function recordVoice({ stream, signal, onTick, maxBytes = 1_500_000 } = {}) {
  throwIfAborted(signal);
  const mimeType = TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
  if (!mimeType) throw refuse("cannot_record", "this browser records no format that Divar takes");
  const sound = await openSound(stream, signal);
  try {
    throwIfAborted(signal);
    const settings = { mimeType, audioBitsPerSecond: BITS_PER_SECOND };
    const recorder = new MediaRecorder(sound.stream, settings);
    return new VoiceRecording(recorder, sound, { signal, onTick, maxBytes });
  } catch (cause) {
    sound.close();
    throwIfAborted(signal);
    throw refuse("cannot_record", "the recorder did not start", cause);
  }
}

class VoiceRecording {
  /** The recording, once it has ended by itself or by `stop`. @type {Promise<File>} */
  file;
  #recorder;
  #sound;
  #meter;
  #room;
  #timer;
  #signal;
  #onTick;
  #chunks = [];
  #settle;
  #closed = false;
  #abort = () => this.#fail(reasonOf(this.#signal));

  constructor(recorder, sound, { signal, onTick, maxBytes }) {
    this.#recorder = recorder;
    this.#sound = sound;
    this.#signal = signal;
    this.#onTick = onTick;
    recorder.ondataavailable = ({ data }) => this.#keep(data);
    recorder.onstop = () => this.#finish();
    recorder.onerror = ({ error }) =>
      this.#fail(refuse("cannot_record", "the recorder broke down", error));
    recorder.start(CHUNK);
    this.#room = new Room(maxBytes, (recorder.audioBitsPerSecond || BITS_PER_SECOND) / 8);
    this.#meter = meter(sound.stream);
    this.#timer = setInterval(() => this.#tick(), TICK);
    signal?.addEventListener("abort", this.#abort);
    this.file = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Who cancels need not look at it.
    this.file.catch(() => {});
  }

  /** Ends it; the same promise as `file`. */
  stop() {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    return this.file;
  }

  /** Ends it without a file. */
  cancel() {
    this.#fail(new DOMException("cancelled", "AbortError"));
  }

  #keep(data) {
    this.#chunks.push(data);
    this.#room.take(data.size);
    if (this.#room.isFull) this.stop();
  }

  #tick() {
    if (this.#room.isFull) this.stop();
    const { seconds, secondsLeft, bytes } = this.#room;
    try {
      this.#onTick?.({ seconds, secondsLeft, bytes, level: this.#meter.read() });
    } catch {
      // What the caller's function throws must not stop the recording.
    }
  }

  async #finish() {
    if (!this.#close()) return;
    const file = new File(this.#chunks, "voice.m4a", { type: "audio/mp4" });
    const name = await file.slice(4, 8).text();
    if (name === "ftyp") this.#settle.resolve(file);
    else this.#settle.reject(refuse("cannot_record", "the recorder gave no MP4"));
  }

  #fail(reason) {
    if (!this.#close()) return;
    this.#settle.reject(reason);
    this.stop();
  }

  /** Lets go of everything; says whether it is the first time. */
  #close() {
    if (this.#closed) return false;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#meter.close();
    this.#sound.close();
    return true;
  }
}
