import type { MediaChange } from "divar-chat-media/prepare";
import { html, nothing, type TemplateResult } from "lit";
import { formatSize } from "../format.js";
import { t } from "../i18n/language.js";
import { type Icon, icon } from "./icons.js";

/** Says plainly what was done to a file before it is sent. */
export function doneTo(changes: readonly MediaChange[]): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<ul class="changes">
    ${changes.map((change) => html`<li>${icon(pictureOf(change))}<span>${say(change)}</span></li>`)}
  </ul>`;
}

function say(change: MediaChange): TemplateResult | string {
  switch (change.change) {
    case "metadata_removed": {
      const list = change.removed.map((name) => t().private[name]);
      return `${t().removedMetadata} ${list.join(t().comma)}`;
    }
    case "redrawn": {
      const sizes = [formatSize(change.bytesBefore), formatSize(change.bytes)].map(isolate);
      const [before = "", after = ""] = sizes;
      const smaller = change.bytes < change.bytesBefore;
      return smaller ? t().smaller(before, after) : t().redrawn(before, after);
    }
    case "fast_start":
      return t().fastStart;
    case "repackaged":
      return t().repackaged;
  }
}

function pictureOf({ change }: MediaChange): Icon {
  if (change === "metadata_removed") return "shield";
  return change === "redrawn" ? "shrink" : "box";
}

/** Keeps a number and its unit from being torn apart by the line's direction, as `<bdi>` would. */
const isolate = (text: string): string => `\u2068${text}\u2069`;
