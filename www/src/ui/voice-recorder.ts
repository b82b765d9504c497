import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { formatDuration } from "../format.js";
import { t } from "../i18n/language.js";
import { discardRecording, stopRecorder, theRecorder } from "../model/recording.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";
import { bars } from "./voice-player.js";

const SHOWN = 48;

/** A voice note while it is recorded: how long it is, how loud it is right now, how long it may become. */
@customElement("voice-recorder")
export class VoiceRecorder extends Part {
  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>("#stop")?.focus();
  }

  protected override render(): TemplateResult {
    const recorder = theRecorder();
    const going = recorder.state === "recording" ? recorder : undefined;
    const { seconds = 0, secondsLeft = 0, level = 0 } = going?.tick ?? {};
    const levels = going?.levels ?? [];
    const shown = [...Array<number>(SHOWN - levels.length).fill(0), ...levels];
    return html`<div class="recorder row" role="group" aria-label=${t().recording}>
      <button type="button" class="round" aria-label=${t().recordingCancel}
        title=${t().recordingCancel} @click=${discardRecording}>${icon("trash")}</button>
      <span class="red" aria-hidden="true"></span>
      <bdi class="time" role="timer">${formatDuration(seconds)}</bdi>
      <span class="level" role="meter" aria-label=${t().level} aria-valuemin="0" aria-valuemax="100"
        aria-valuenow=${Math.round(level * 100)}>${bars(shown)}</span>
      <span class="left">${going ? t().recordingLeft(formatDuration(secondsLeft)) : ""}</span>
      <button type="button" id="stop" class="strong round" aria-label=${t().recordingStop}
        title=${t().recordingStop} @click=${stopRecorder}>${icon("stop")}</button>
    </div>`;
  }
}
