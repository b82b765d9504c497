import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount, formatShare } from "../format.js";
import { t } from "../i18n/language.js";
import type { Attachment } from "../model/attachment.js";
import { batch, cancel, isUnderway } from "../model/outbox.js";
import { Part } from "./part.js";

/** How far all files are that are being sent, where there is more than one. */
@customElement("total-progress")
export class TotalProgress extends Part {
  protected override render() {
    const all = batch().filter(({ entry }) => entry?.state !== "cancelled");
    const underway = all.filter(isUnderway);
    if (all.length < 2 || underway.length === 0) return nothing;
    const done = all.filter(({ entry }) => entry?.state === "sent").length;
    const share = sum(all, gone) / sum(all, ({ size }) => size);
    return html`
      <section class="total" aria-label=${t().totalProgress}>
        <p>
          <span>${t().total(formatCount(done), formatCount(all.length))}</span>
          <bdi>${formatShare(share)}</bdi>
        </p>
        <progress max="1" .value=${share} aria-label=${t().totalProgress}></progress>
        <button type="button" class="plain" @click=${() => underway.forEach(cancel)}>
          ${t().cancelAll}
        </button>
      </section>
    `;
  }
}

/** What failed has to go once more. */
const gone = ({ entry }: Attachment): number =>
  entry && entry.state !== "failed" ? entry.loaded : 0;

const sum = (all: readonly Attachment[], of: (one: Attachment) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
