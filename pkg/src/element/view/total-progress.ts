import { html, nothing, type TemplateResult } from "lit";
import type { Attachment } from "../attachment.js";
import { formatCount, formatPercent } from "../format.js";
import type { ComposerView } from "./view.js";

/** The progress of all files that are sent together, if there is more than one. */
export function totalProgress(
  batch: readonly Attachment[],
  view: ComposerView,
): TemplateResult | typeof nothing {
  const underway = batch.filter(({ isUnderway }) => isUnderway);
  if (batch.length < 2 || underway.length === 0) return nothing;
  const cancelAll = () => {
    for (const attachment of underway) view.cancel(attachment);
  };
  const { strings } = view;
  const { locale } = strings;
  const sent = batch.filter(({ state }) => state === "sent").length;
  const share =
    sum(batch, loadedOf) /
    Math.max(
      sum(batch, ({ size }) => size),
      1,
    );
  const count = strings.total(formatCount(locale, sent), formatCount(locale, batch.length));
  return html`<section class="total" part="total" aria-label=${strings.totalProgress}>
    <p><span>${count}</span> <bdi>${formatPercent(locale, share)}</bdi></p>
    <progress part="progress" max="1" .value=${share} aria-label=${strings.totalProgress}></progress>
    <button type="button" class="plain" part="button" @click=${cancelAll}>
      ${strings.cancelAll}
    </button>
  </section>`;
}

/** A file that failed has to be sent again from its first byte. */
const loadedOf = ({ state, loaded }: Attachment): number => (state === "failed" ? 0 : loaded);

const sum = (all: readonly Attachment[], of: (one: Attachment) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
