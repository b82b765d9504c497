import type { IconName } from "divar-chat-media";
import { html, nothing, type TemplateResult } from "lit";
import { type Icon, icon } from "./icons.js";

/** Some of Divar's icons, by what this page has that looks like them. */
export const ICONS: Readonly<Record<string, Icon>> = {
  SEND: "send",
  CALL: "phone",
  PLACE: "place",
  INFO: "info",
  CHECKED: "check",
  CLOSE: "close",
  ADD: "add",
  CAMERA: "camera",
  FILE: "file",
  IMAGE_OUTLINE: "image",
  VIDEOCAM: "video",
  CLOCK: "clock",
  REFRESH: "retry",
  WARNING: "warning",
  LINK: "link",
  DELETE: "trash",
} satisfies Partial<Record<IconName, Icon>>;

/** The icon that a button names; what this page has none for is shown as a dot. */
export function buttonIcon(name: IconName | undefined): TemplateResult | typeof nothing {
  if (!name) return nothing;
  const drawn = ICONS[name];
  return drawn ? icon(drawn) : html`<span class="dot" aria-hidden="true"></span>`;
}
