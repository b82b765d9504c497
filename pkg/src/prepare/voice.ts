import { onAbort, reasonOf, throwIfAborted } from "../abort.js";
import { notify } from "../notify.js";
import type { RecordOptions, RecordTick, VoiceRecording } from "../types/record.js";
import { type AudioSource, openAudioSource } from "./audio-source.js";
import { callConvert } from "./conversion.js";
import { prepareError } from "./errors.js";
import { type LevelMeter, levelMeter } from "./level-meter.js";
import { MAX_BYTES } from "./limits.js";
import { checkFunction } from "./options.js";
import { SizeBudget } from "./size-budget.js";

/** The formats that browsers record and Divar accepts; AAC first, which every phone plays. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/mp4;codecs=opus", "audio/mp4"];
/** What is recorded to be converted, before Opus in MP4, which not every phone plays. */
const CONVERTED_TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
/** Enough for a voice: four minutes fit into the limit of `voice`. */
const BITS_PER_SECOND = 48_000;
/** A larger recording has some sound, in bytes: the boxes around the first frame take some 750. */
const MAX_TO_DECODE = 2_000;
/** How often the recorder delivers what it has, in milliseconds. */
const CHUNK_INTERVAL = 1_000;
/** How often `onTick` is called, in milliseconds: a displayed level has to move. */
const TICK_INTERVAL = 100;

/**
 * Starts to record a voice note in a container that Divar accepts. Firefox has none, and Chromium on
 * some systems no AAC: with `convert` they record WebM or Ogg, which is converted once it has stopped.
 * The recording stops by itself before it is larger than a voice note may be.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `cannot_record`, `invalid_argument`
 */
export async function recordVoice(options: RecordOptions = {}): Promise<VoiceRecording> {
  const { stream, signal } = options;
  throwIfAborted(signal);
  const convert = checkFunction(options.convert, "convert");
  const mimeType = recordedTypes(convert).find((type) =>
    globalThis.MediaRecorder?.isTypeSupported(type),
  );
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

/** The formats to record, the best first. Without a converter there are only those that Divar accepts. */
const recordedTypes = (convert: RecordOptions["convert"]): readonly string[] =>
  convert ? [...TYPES.slice(0, 1), ...CONVERTED_TYPES, ...TYPES.slice(1)] : TYPES;

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
  #convert: RecordOptions["convert"];
  #maxBytes: number;
  /** Ends a conversion. */
  #controller = new AbortController();
  #chunks: Blob[] = [];
  #isClosed = false;

  constructor(recorder: MediaRecorder, source: AudioSource, options: RecordOptions) {
    const { signal, onTick, maxBytes = MAX_BYTES.voice } = options;
    this.#recorder = recorder;
    this.#source = source;
    this.#onTick = onTick;
    this.#convert = options.convert;
    this.#maxBytes = maxBytes;
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
    try {
      this.#resolve(await this.#finishedFile());
    } catch (error) {
      this.#reject(error);
    } finally {
      this.#forgetSignal?.();
    }
  }

  async #finishedFile(): Promise<File> {
    const recorded = new Blob(this.#chunks, { type: this.#recorder.mimeType });
    if (!(await isPlayable(recorded))) {
      throw prepareError("recording_too_short", "nothing playable was recorded");
    }
    const file = new File([await this.#converted(recorded)], "voice.m4a", { type: "audio/mp4" });
    if (await isMp4(file)) return file;
    throw prepareError("cannot_record", "the recorder gave no MP4");
  }

  async #converted(recorded: Blob): Promise<Blob> {
    if (!this.#convert || this.#recorder.mimeType.startsWith("audio/mp4")) return recorded;
    return callConvert(this.#convert, recorded, {
      mediaType: "voice",
      maxBytes: this.#maxBytes,
      signal: this.#controller.signal,
    });
  }

  #fail(reason: unknown): void {
    this.#controller.abort(reason);
    this.#reject(reason);
    this.#forgetSignal?.();
    if (this.#close()) this.stop();
  }

  /** Frees everything. Returns whether this is the first time. */
  #close(): boolean {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#meter.close();
    this.#source.close();
    return true;
  }
}

/**
 * Whether a recording has any sound. After some 50 ms it has a single frame, which an AAC decoder
 * needs to start with: players refuse the file.
 */
async function isPlayable(file: Blob): Promise<boolean> {
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
