import type { RecordOptions, RecordTick, VoiceRecording } from "../types/record.js";
import { loadPrepareAndSend } from "./load.js";

/** How many of the last levels are kept, to be drawn. */
export const LEVELS = 48;

/** The state of the recorder. */
export type Recording =
  | { state: "idle" }
  | { state: "starting" }
  | { state: "recording"; tick: RecordTick; levels: readonly number[] }
  | { state: "failed"; error: unknown };

/** The composer, as far as its recorder needs it. */
export interface RecorderHost {
  recordingChanged(): void;
  recorded(file: File): void;
  /** Converts what the browser records, if Divar does not take it. */
  convert(): RecordOptions["convert"];
}

/** Records one voice note at a time. */
export class Recorder {
  #host: RecorderHost;
  #recording: Recording = { state: "idle" };
  #running: VoiceRecording | undefined;
  #controller = new AbortController();

  constructor(host: RecorderHost) {
    this.#host = host;
  }

  get recording(): Recording {
    return this.#recording;
  }

  get isActive(): boolean {
    return this.#recording.state === "recording" || this.#recording.state === "starting";
  }

  /** Asks for the microphone and records, until `stop`, `discard` or the longest duration. */
  async start(): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.#enter({ state: "starting" });
    try {
      const convert = this.#host.convert();
      const { recordVoice } = await loadPrepareAndSend();
      this.#running = await recordVoice({
        ...(convert && { convert }),
        onTick: (tick) => this.#tick(tick, signal),
        signal,
      });
      const file = await this.#running.file;
      this.#enter({ state: "idle" });
      this.#host.recorded(withTime(file));
    } catch (error) {
      // What was discarded may have been followed by another recording.
      if (!signal.aborted) this.#enter({ state: "failed", error });
    }
  }

  stop(): void {
    // A failure to stop is reported by `file`, which `start` awaits.
    this.#running?.stop().catch(() => {});
  }

  discard(): void {
    this.#controller.abort();
    this.#enter({ state: "idle" });
  }

  #tick(tick: RecordTick, signal: AbortSignal): void {
    if (signal.aborted) return;
    const before = this.#recording.state === "recording" ? this.#recording.levels : [];
    const levels = [...before, tick.level ?? 0].slice(-LEVELS);
    this.#enter({ state: "recording", tick, levels });
  }

  #enter(recording: Recording): void {
    this.#recording = recording;
    this.#host.recordingChanged();
  }
}

/** Two voice notes of one conversation get different names. */
function withTime(file: File): File {
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
  return new File([file], `voice-${time}.m4a`, { type: file.type });
}
