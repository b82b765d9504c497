import { html, type TemplateResult } from "lit";
import { formatDuration } from "../format.js";
import { LEVELS, type Recorder } from "../recorder.js";
import type { ComposerStrings } from "../strings/strings.js";
import { icon } from "./icons.js";
import { levelBars } from "./level-bars.js";

/** A running recording: its duration, its loudness and the time left. */
export function voiceRecorder(recorder: Recorder, strings: ComposerStrings): TemplateResult {
  const { recording } = recorder;
  const running = recording.state === "recording" ? recording : undefined;
  const { seconds = 0, secondsLeft = 0, level = 0 } = running?.tick ?? {};
  const levels = running?.levels ?? [];
  const padded = [...Array<number>(LEVELS - levels.length).fill(0), ...levels];
  const { locale, recordingLeft } = strings;
  return html`<div class="recorder row" part="recorder" role="group" aria-label=${strings.recording}>
    <button type="button" class="round" part="button" aria-label=${strings.recordingCancel}
      title=${strings.recordingCancel} @click=${() => recorder.discard()}>${icon("trash")}</button>
    <span class="red" aria-hidden="true"></span>
    <bdi class="time" role="timer">${formatDuration(locale, seconds)}</bdi>
    <span class="level" part="level" role="meter" aria-label=${strings.level} aria-valuemin="0"
      aria-valuemax="100" aria-valuenow=${Math.round(level * 100)}>${levelBars(padded)}</span>
    <span class="left">${running ? recordingLeft(formatDuration(locale, secondsLeft)) : ""}</span>
    <button type="button" id="stop" class="strong round" part="button" aria-label=${strings.recordingStop}
      title=${strings.recordingStop} @click=${() => recorder.stop()}>${icon("stop")}</button>
  </div>`;
}
