import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { tell } from "../failure.js";
import { formatShare } from "../format.js";
import { t } from "../i18n/language.js";
import type { Attachment } from "../model/attachment.js";
import { isOnline } from "../model/connection.js";
import { cancel, isUnderway, remove, retry } from "../model/outbox.js";
import { about } from "./about.js";
import { doneTo } from "./changes.js";
import { type Icon, icon } from "./icons.js";
import { Part } from "./part.js";
import { preview } from "./preview.js";

/** A file on its way: how far it is, or why it is not there. */
@customElement("outgoing-file")
export class OutgoingFile extends Part {
  @property({ attribute: false }) attachment!: Attachment;

  protected override render(): TemplateResult {
    const { attachment } = this;
    const error =
      attachment.error ?? (this.#state === "failed" ? attachment.entry?.error : undefined);
    return html`<article class="bubble sent going" data-state=${this.#state}>
      <div class="file">
        ${preview(attachment)}
        <div class="what">${about(attachment)}</div>
      </div>
      ${doneTo(attachment.changes)}
      ${isUnderway(attachment) ? this.#progress() : nothing}
      ${error === undefined ? nothing : failure(error)}
      ${this.#state === "cancelled" ? html`<p class="note">${t().cancelled}</p>` : nothing}
      <div class="actions">${this.#actions()}</div>
    </article>`;
  }

  get #state(): string {
    const { entry, error } = this.attachment;
    return entry?.state ?? (error === undefined ? "preparing" : "failed");
  }

  #progress(): TemplateResult {
    const { entry, name } = this.attachment;
    const moving = entry?.stage === "upload" && entry.phase === "uploading";
    const share = entry ? entry.loaded / Math.max(entry.total, 1) : 0;
    // Without a value it is "indeterminate": something goes on, and nobody knows for how long.
    return html`
      <progress max="1" .value=${share} aria-label=${t().progressOf(name)}
        class=${moving ? "" : "busy"}></progress>
      <p class="stage">
        <span>${this.#stage()}</span>
        ${moving ? html`<bdi>${formatShare(share)}</bdi>` : nothing}
      </p>
    `;
  }

  #stage(): string {
    const { entry } = this.attachment;
    if (!entry) return t().preparing;
    if (!isOnline()) return t().waitingOnline;
    if (entry.state === "waiting") return t().waiting;
    if (entry.phase === "processing" && entry.stage === "upload") return t().processing;
    if (entry.stage === "message") return t().messaging;
    return entry.phase ? t().uploading : t().asking;
  }

  #actions(): TemplateResult | TemplateResult[] {
    const { attachment } = this;
    const { name } = attachment;
    if (isUnderway(attachment)) {
      return action("close", t().cancel, t().cancelFile(name), () => cancel(attachment));
    }
    if (this.#state === "sent") return html`<span class="done">${icon("check")}${t().sent}</span>`;
    return [
      action("retry", t().retry, t().retryFile(name), () => retry(attachment)),
      action("trash", t().remove, t().removeFile(name), () => remove(attachment)),
    ];
  }
}

/** What went wrong and what to do next, with the code in small print. */
export function failure(error: unknown): TemplateResult {
  const { sentence, code } = tell(error);
  return html`<p class="failure">
    ${icon("warning")}<span>${sentence} <small dir="ltr">${code}</small></span>
  </p>`;
}

const action = (sign: Icon, text: string, label: string, click: () => void): TemplateResult =>
  html`<button type="button" class="plain" aria-label=${label} @click=${click}>
    ${icon(sign)}<span>${text}</span>
  </button>`;
