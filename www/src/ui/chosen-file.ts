import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { t } from "../i18n/language.js";
import type { Attachment } from "../model/attachment.js";
import { removeFromTray } from "../model/tray.js";
import { about } from "./about.js";
import { doneTo } from "./changes.js";
import { icon } from "./icons.js";
import { failure } from "./outgoing-file.js";
import { Part } from "./part.js";
import { preview } from "./preview.js";

/** A file that was chosen: what it is, what was done to it, or why it cannot be sent. */
@customElement("chosen-file")
export class ChosenFile extends Part {
  @property({ attribute: false }) attachment!: Attachment;

  protected override render(): TemplateResult {
    const { attachment } = this;
    const { error, file } = attachment;
    return html`<article class="chosen" data-state=${error ? "refused" : file ? "ready" : "preparing"}>
      ${preview(attachment)}
      <div class="what">
        ${about(attachment)}
        ${error === undefined && !file ? html`<p class="stage">${this.#stage()}</p>` : nothing}
        ${doneTo(attachment.changes)}
        ${error === undefined ? nothing : failure(error)}
      </div>
      <button type="button" class="round" aria-label=${t().removeFile(attachment.name)}
        @click=${() => removeFromTray(attachment)}>${icon("close")}</button>
    </article>`;
  }

  #stage(): string {
    return this.attachment.inspection ? t().preparing : t().checking;
  }
}
