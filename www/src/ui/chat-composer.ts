import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { formatCount } from "../format.js";
import { t } from "../i18n/language.js";
import { startRecorder, theRecorder } from "../model/recording.js";
import { sendable, sendTray, take, tray } from "../model/tray.js";
import "./chosen-file.js";
import { icon } from "./icons.js";
import { failure } from "./outgoing-file.js";
import { Part } from "./part.js";
import "./voice-recorder.js";

/** What a phone's file chooser should offer; what else is chosen is looked into all the same. */
const ACCEPT = "image/*,video/*,audio/*,.heic,.m4a,.3gp,.mov,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx";

/** The foot of the page: files are chosen here, seen, and sent. */
@customElement("chat-composer")
export class ChatComposer extends Part {
  protected override render(): TemplateResult {
    const recorder = theRecorder();
    const recording = recorder.state === "recording" || recorder.state === "starting";
    return html`<form id="composer" tabindex="-1" aria-label=${t().composer} @submit=${this.#submit}>
      ${this.#tray()}
      ${recorder.state === "failed" ? failure(recorder.error) : nothing}
      ${recording ? html`<voice-recorder></voice-recorder>` : this.#row()}
    </form>`;
  }

  #tray(): TemplateResult | typeof nothing {
    if (tray().length === 0) return nothing;
    return html`<ul class="tray" aria-label=${t().chosen}>
      ${repeat(
        tray(),
        ({ id }) => id,
        (attachment) => html`<li><chosen-file .attachment=${attachment}></chosen-file></li>`,
      )}
    </ul>`;
  }

  #row(): TemplateResult {
    const count = sendable().length;
    const label = count > 1 ? t().sendCount(formatCount(count)) : t().send;
    return html`<div class="row">
      <input type="file" id="file" class="unseen" multiple accept=${ACCEPT} @change=${this.#chosen} />
      <label for="file" class="choose">${icon("add")}<span>${t().choose}</span></label>
      <input type="file" id="camera" class="unseen" accept="image/*" capture="environment"
        @change=${this.#chosen} />
      <label for="camera" class="round by-touch" title=${t().camera}>
        ${icon("camera")}<span class="unseen">${t().camera}</span>
      </label>
      <button type="button" class="round" id="record" aria-label=${t().record} title=${t().record}
        @click=${() => void startRecorder()}>${icon("mic")}</button>
      <button type="submit" id="send" class="strong" aria-label=${label} ?disabled=${count === 0}>
        ${icon("send")}<span>${t().send}</span>
        ${count > 1 ? html`<bdi class="badge">${formatCount(count)}</bdi>` : nothing}
      </button>
    </div>`;
  }

  #chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    take([...(input.files ?? [])]);
    // The same file chosen again is a change again.
    input.value = "";
  };

  /** The button that was pressed is switched off with it: the keyboard's place must not be lost. */
  #submit = async (event: Event) => {
    event.preventDefault();
    const focused = this.querySelector("#send") === document.activeElement;
    sendTray();
    await this.updateComplete;
    if (focused) this.querySelector<HTMLElement>("#file")?.focus();
  };
}
