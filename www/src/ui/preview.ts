import { html, type TemplateResult } from "lit";
import type { Attachment } from "../model/attachment.js";
import { changed } from "../model/watch.js";
import { type Icon, icon } from "./icons.js";
import { bars } from "./voice-player.js";

const ICONS: Readonly<Record<string, Icon>> = { image: "image", video: "video", voice: "mic" };
/** What this browser cannot show, by the address that it had. */
const undrawable = new Set<string>();

/** A small picture of a file: its own, a frame of it, its loudness, or a sheet of paper. */
export function preview(attachment: Attachment): TemplateResult {
  const { type, levels, error } = attachment;
  if (type === "voice" && levels) return html`<span class="preview sound">${bars(levels)}</span>`;
  if (type !== "image" && type !== "video") return symbol(type);
  const { url } = attachment;
  if (undrawable.has(url) || (error !== undefined && type === "video")) return symbol(type);
  const fail = () => {
    undrawable.add(url);
    changed();
  };
  if (type === "image") {
    return html`<span class="preview"><img src=${url} alt="" @error=${fail} /></span>`;
  }
  // A little after the beginning, which is often black.
  return html`<span class="preview">
    <video src="${url}#t=0.1" muted playsinline preload="metadata" tabindex="-1" aria-hidden="true"
      @error=${fail}></video>
    ${icon("play")}
  </span>`;
}

const symbol = (type: string | undefined): TemplateResult =>
  html`<span class="preview symbol">${icon(ICONS[type ?? ""] ?? "file")}</span>`;
