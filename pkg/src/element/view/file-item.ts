import { html, nothing, type TemplateResult } from "lit";
import type { MediaChange } from "../../types/prepare.js";
import type { Attachment } from "../attachment.js";
import { describeChange } from "../describe-change.js";
import { describeError } from "../describe-error.js";
import { formatDuration, formatPercent, formatSize } from "../format.js";
import type { ComposerStrings } from "../strings/strings.js";
import { fileName } from "./file-name.js";
import { type Icon, icon } from "./icons.js";
import { preview } from "./preview.js";
import type { ComposerView } from "./view.js";

/** A file that was not sent off: what it is, what was changed, or why it cannot be sent. */
export function chosenFile(attachment: Attachment, view: ComposerView): TemplateResult {
  const { strings } = view;
  const { state, error } = attachment;
  return html`<article class="file chosen" part="file" data-state=${state}>
    ${preview(attachment, view)}
    <div class="about">
      ${nameAndFacts(attachment, strings)}
      ${state === "preparing" ? preparing(attachment, strings) : nothing}
      ${changeList(attachment.changes, strings)}
    </div>
    ${iconButton("close", strings.removeFile(attachment.name), () => view.remove(attachment))}
    ${error === undefined ? nothing : failure(error, strings)}
  </article>`;
}

/** What is done with a file, and how much of that where it takes long. */
function preparing(attachment: Attachment, strings: ComposerStrings): TemplateResult {
  const { inspection, converted, name } = attachment;
  if (converted === undefined) {
    return html`<p class="stage">${inspection ? strings.preparing : strings.checking}</p>`;
  }
  return html`
    <progress part="progress" max="1" .value=${converted} aria-label=${strings.progressOf(name)}>
    </progress>
    <p class="stage">
      <span>${strings.converting}</span><bdi>${formatPercent(strings.locale, converted)}</bdi>
    </p>
  `;
}

/** A file on its way: its progress, or why it did not arrive. */
export function outgoingFile(attachment: Attachment, view: ComposerView): TemplateResult {
  const { strings } = view;
  const { state, error } = attachment;
  const hasFailed = state === "failed" || state === "refused";
  return html`<article class="file going" part="file" data-state=${state}>
    ${preview(attachment, view)}
    <div class="about">
      ${nameAndFacts(attachment, strings)}
      ${attachment.isUnderway ? progress(attachment, strings) : nothing}
      ${state === "cancelled" ? html`<p class="stage">${strings.cancelled}</p>` : nothing}
    </div>
    <div class="actions">${actions(attachment, view)}</div>
    ${hasFailed ? failure(error, strings) : nothing}
  </article>`;
}

/** Why something failed and what to do next, with the code for the developer. */
export function failure(error: unknown, strings: ComposerStrings): TemplateResult {
  const { sentence, code } = describeError(error, strings);
  return html`<p class="failure" part="failure">
    ${icon("warning")}<span>${sentence} <small dir="ltr">${code}</small></span>
  </p>`;
}

function nameAndFacts(attachment: Attachment, strings: ComposerStrings): TemplateResult {
  const { name, size, type, inspection } = attachment;
  const kind = type ? strings.kinds[type] : strings.unknownKind;
  const format = inspection && inspection.format !== "unknown" ? inspection.format : undefined;
  const duration = inspection?.duration;
  return html`
    <p class="name" part="name">${fileName(name)}</p>
    <p class="facts" part="facts">
      <span>${kind}${format ? html` <bdi>${format.toUpperCase()}</bdi>` : nothing}</span>
      <bdi>${formatSize(strings.locale, size)}</bdi>
      ${duration ? html`<bdi>${formatDuration(strings.locale, duration)}</bdi>` : nothing}
    </p>
  `;
}

function changeList(
  changes: readonly MediaChange[],
  strings: ComposerStrings,
): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<ul class="changes" part="changes">
    ${changes.map(
      (change) =>
        html`<li>${icon(CHANGE_ICONS[change.change])}<span>${describeChange(change, strings)}</span></li>`,
    )}
  </ul>`;
}

const CHANGE_ICONS: Readonly<Record<MediaChange["change"], Icon>> = {
  metadata_removed: "shield",
  redrawn: "shrink",
  converted: "shrink",
  fast_start: "box",
  repackaged: "box",
};

function progress(attachment: Attachment, strings: ComposerStrings): TemplateResult {
  const { entry, name, converted } = attachment;
  if (!entry && converted !== undefined) return preparing(attachment, strings);
  const isMoving = entry?.stage === "upload" && entry.phase === "uploading";
  const share = entry ? entry.loaded / Math.max(entry.total, 1) : 0;
  return html`
    <progress part="progress" max="1" .value=${share} aria-label=${strings.progressOf(name)}
      class=${isMoving ? "" : "busy"}></progress>
    <p class="stage">
      <span>${stageText(attachment, strings)}</span>
      ${isMoving ? html`<bdi>${formatPercent(strings.locale, share)}</bdi>` : nothing}
    </p>
  `;
}

function stageText({ entry }: Attachment, strings: ComposerStrings): string {
  if (!entry) return strings.preparing;
  if (!navigator.onLine) return strings.waitingOnline;
  if (entry.state === "waiting") return strings.waiting;
  if (entry.stage === "message") return strings.messaging;
  // It is uploaded, and its message waits for those of the files before it.
  if (entry.mediaToken !== undefined) return strings.waiting;
  if (entry.phase === "processing") return strings.processing;
  return entry.phase ? strings.uploading : strings.asking;
}

function actions(attachment: Attachment, view: ComposerView): TemplateResult | TemplateResult[] {
  const { strings } = view;
  const { name } = attachment;
  if (attachment.isUnderway) {
    return iconButton("close", strings.cancelFile(name), () => view.cancel(attachment));
  }
  return [
    iconButton("retry", strings.retryFile(name), () => view.retry(attachment)),
    iconButton("trash", strings.removeFile(name), () => view.remove(attachment)),
  ];
}

const iconButton = (name: Icon, label: string, click: () => void): TemplateResult =>
  html`<button type="button" class="round" part="button" aria-label=${label} title=${label}
    @click=${click}>${icon(name)}</button>`;
