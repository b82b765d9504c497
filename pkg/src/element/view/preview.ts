import { html, nothing, type TemplateResult } from "lit";
import type { Attachment } from "../attachment.js";
import { type Icon, icon } from "./icons.js";
import { levelBars } from "./level-bars.js";
import type { ComposerView } from "./view.js";

const ICONS: Readonly<Record<string, Icon>> = { image: "image", video: "video", voice: "mic" };

/** The URLs that this browser could not show, such as those of HEIC pictures. */
const unshowable = new WeakMap<Attachment, string>();

/** The picture itself, a frame of the video, the loudness of the voice note, or an icon. */
export function preview(attachment: Attachment, view: ComposerView): TemplateResult {
  const { type, levels, state, poster } = attachment;
  if (type === "voice" && levels) {
    return html`<span class="preview sound" part="preview">${levelBars(levels)}</span>`;
  }
  if (type !== "image" && type !== "video") return symbol(type);
  if (type === "video" && state === "refused" && !poster) return symbol(type);
  const { url } = attachment;
  if (unshowable.get(attachment) === url) return symbol(type);
  const fail = () => {
    unshowable.set(attachment, url);
    view.requestUpdate();
  };
  if (type === "image" || poster) {
    return html`<span class="preview" part="preview">
      <img src=${url} alt="" @error=${fail} />
      ${type === "video" ? icon("play") : nothing}
    </span>`;
  }
  // The first frame is often black.
  return html`<span class="preview" part="preview">
    <video src="${url}#t=0.1" muted playsinline preload="metadata" tabindex="-1" aria-hidden="true"
      @error=${fail}></video>
    ${icon("play")}
  </span>`;
}

const symbol = (type: string | undefined): TemplateResult =>
  html`<span class="preview symbol" part="preview">${icon(ICONS[type ?? ""] ?? "file")}</span>`;
