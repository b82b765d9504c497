import { onAbort, reasonOf, throwIfAborted } from "../abort.js";
import { notify } from "../notify.js";
import type { RecordOptions, RecordTick, VoiceRecording } from "../types/record.js";
import { type AudioSource, openAudioSource } from "./audio-source.js";
import { prepareError } from "./errors.js";
import { type LevelMeter, levelMeter } from "./level-meter.js";
import { SizeBudget } from "./size-budget.js";

/** The formats that browsers record and Divar accepts; AAC first, which every phone plays. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/mp4;codecs=opus", "audio/mp4"];
/** Enough for a voice: four minutes fit into the limit of `voice`. */
const BITS_PER_SECOND = 48_000;
/** The limit of `voice`, in bytes. */
const MAX_BYTES = 1_500_000;
/** A larger recording has some sound, in bytes: the boxes around the first frame take some 750. */
const MAX_TO_DECODE = 2_000;
/** How often the recorder delivers what it has, in milliseconds. */
const CHUNK_INTERVAL = 1_000;
/** How often `onTick` is called, in milliseconds: a displayed level has to move. */
const TICK_INTERVAL = 100;

/**
 * Starts to record a voice note in a container that Divar accepts; Firefox has none. The recording
 * stops by itself before it is larger than a voice note may be.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `cannot_record`, `invalid_argument`
 */
export async function recordVoice(options: RecordOptions = {}): Promise<VoiceRecording> {
  const { stream, signal } = options;
  throwIfAborted(signal);
  const mimeType = TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
  if (!mimeType) {
    throw prepareError("cannot_record", "this browser records no format that Divar accepts");
  }
  const source = await openAudioSource(stream, signal);
  try {
    throwIfAborted(signal);
    const settings = { mimeType, audioBitsPerSecond: BITS_PER_SECOND };
    return new Recording(new MediaRecorder(source.stream, settings), source, options);
  } catch (cause) {
    source.close();
    throwIfAborted(signal);
    throw prepareError("cannot_record", "the recorder did not start", cause);
  }
}

class Recording implements VoiceRecording {
  readonly file: Promise<File>;
  #resolve: (file: File) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  #recorder: MediaRecorder;
  #source: AudioSource;
  #onTick: RecordOptions["onTick"];
  #budget: SizeBudget;
  #meter: LevelMeter;
  #timer: ReturnType<typeof setInterval>;
  #forgetSignal: (() => void) | undefined;
  #chunks: Blob[] = [];
  #isClosed = false;

  constructor(recorder: MediaRecorder, source: AudioSource, options: RecordOptions) {
    const { signal, onTick, maxBytes = MAX_BYTES } = options;
    this.#recorder = recorder;
    this.#source = source;
    this.#onTick = onTick;
    this.file = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A caller that cancels need not look at it.
    this.file.catch(() => {});
    this.#listen();
    recorder.start(CHUNK_INTERVAL);
    this.#budget = new SizeBudget(maxBytes, (recorder.audioBitsPerSecond || BITS_PER_SECOND) / 8);
    this.#meter = levelMeter(source.stream);
    this.#timer = setInterval(() => this.#tick(), TICK_INTERVAL);
    this.#forgetSignal = signal && onAbort(signal, () => this.#fail(reasonOf(signal)));
  }

  stop(): Promise<File> {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    return this.file;
  }

  cancel(): void {
    this.#fail(new DOMException("cancelled", "AbortError"));
  }

  #listen(): void {
    this.#recorder.ondataavailable = ({ data }) => this.#keep(data);
    this.#recorder.onstop = () => this.#finish();
    this.#recorder.onerror = (event) => {
      const { error } = event as Event & { error?: unknown };
      this.#fail(prepareError("cannot_record", "the recorder failed", error));
    };
  }

  #keep(data: Blob): void {
    this.#chunks.push(data);
    this.#budget.spend(data.size);
    if (this.#budget.isSpent) this.stop();
  }

  #tick(): void {
    if (this.#budget.isSpent) this.stop();
    const { seconds, secondsLeft, bytes } = this.#budget;
    const level = this.#meter.read();
    const tick: RecordTick = { seconds, secondsLeft, bytes };
    notify(this.#onTick, level === undefined ? tick : { ...tick, level });
  }

  async #finish(): Promise<void> {
    if (!this.#close()) return;
    const file = new File(this.#chunks, "voice.m4a", { type: "audio/mp4" });
    if (!(await isPlayable(file))) {
      this.#reject(prepareError("recording_too_short", "nothing playable was recorded"));
    } else if (!(await isMp4(file))) {
      this.#reject(prepareError("cannot_record", "the recorder gave no MP4"));
    } else this.#resolve(file);
  }

  #fail(reason: unknown): void {
    if (!this.#close()) return;
    this.#reject(reason);
    this.stop();
  }

  /** Frees everything. Returns whether this is the first time. */
  #close(): boolean {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#forgetSignal?.();
    this.#meter.close();
    this.#source.close();
    return true;
  }
}

/**
 * Whether a recording has any sound. After some 50 ms it has a single frame, which an AAC decoder
 * needs to start with: players refuse the file.
 */
async function isPlayable(file: File): Promise<boolean> {
  if (file.size > MAX_TO_DECODE) return true;
  try {
    const context = new OfflineAudioContext(1, 1, 48_000);
    await context.decodeAudioData(await file.arrayBuffer());
    return true;
  } catch {
    return false;
  }
}

/** Whether a file begins with a file type box (ISO/IEC 14496-12, 4.3). */
const isMp4 = async (file: Blob): Promise<boolean> => (await file.slice(4, 8).text()) === "ftyp";
