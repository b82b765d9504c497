import type { RecordTick, VoiceRecording } from "divar-chat-media/prepare";
import { tell } from "../failure.js";
import { t } from "../i18n/language.js";
import { preparing } from "./later.js";
import { say } from "./said.js";
import { take } from "./tray.js";
import { changed } from "./watch.js";

/** How many of the last levels are shown. */
const SHOWN = 48;

export type Recorder =
  | { state: "idle" }
  | { state: "starting" }
  | { state: "recording"; tick: RecordTick; levels: number[] }
  | { state: "failed"; error: unknown };

let recorder: Recorder = { state: "idle" };
let recording: VoiceRecording | undefined;
let abort = new AbortController();

export const theRecorder = (): Recorder => recorder;

export const isRecording = (): boolean => recorder.state === "recording";

/** Asks for the microphone and records, until it is stopped or thrown away or as long as it can be. */
export async function startRecorder(): Promise<void> {
  abort = new AbortController();
  const { signal } = abort;
  become({ state: "starting" });
  try {
    const { recordVoice } = await preparing();
    recording = await recordVoice({ onTick, signal });
    say(t().recording);
    take([withTime(await recording.file)]);
    become({ state: "idle" });
  } catch (error) {
    become(signal.aborted ? { state: "idle" } : { state: "failed", error });
    if (!signal.aborted) say(tell(error).sentence);
  }
  recording = undefined;
}

export function stopRecorder(): void {
  void recording?.stop();
}

export function discardRecording(): void {
  abort.abort();
  become({ state: "idle" });
}

function onTick(tick: RecordTick): void {
  if (abort.signal.aborted) return;
  const before = recorder.state === "recording" ? recorder.levels : [];
  become({ state: "recording", tick, levels: [...before, tick.level ?? 0].slice(-SHOWN) });
}

/** Two voice notes of one conversation should not have one name. */
function withTime(file: File): File {
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
  return new File([file], `voice-${time}.m4a`, { type: file.type });
}

function become(next: Recorder): void {
  recorder = next;
  changed();
}
