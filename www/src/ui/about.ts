import { html, nothing, type TemplateResult } from "lit";
import { formatDuration, formatSize } from "../format.js";
import { t } from "../i18n/language.js";
import type { Attachment } from "../model/attachment.js";
import { fileName } from "./file-name.js";

/** A file's name, kind and size. Each keeps its own direction inside of the line. */
export function about({ name, size, type, inspection }: Attachment): TemplateResult {
  const kind = type ? t().kinds[type] : t().unknownKind;
  const format = inspection && inspection.format !== "unknown" ? inspection.format : undefined;
  const duration = inspection?.duration;
  return html`
    <p class="name">${fileName(name)}</p>
    <p class="facts">
      <span>${kind}${format ? html` <bdi>${format.toUpperCase()}</bdi>` : nothing}</span>
      <bdi>${formatSize(size)}</bdi>
      ${duration ? html`<bdi>${formatDuration(duration)}</bdi>` : nothing}
    </p>
  `;
}
