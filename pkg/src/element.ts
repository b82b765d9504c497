// Pages. On a server that renders with Node, Deno or Bun, Lit replaces the DOM's classes.
import type { ComposerEventMap } from "./element/events.js";
import { DivarMediaComposer } from "./element/media-composer.js";

export type { ComposerFile, ComposerFileState } from "./element/attachment.js";
export { describeChange } from "./element/describe-change.js";
export type * from "./element/events.js";
export { en } from "./element/strings/en.js";
export { fa } from "./element/strings/fa.js";
export type { ComposerStrings } from "./element/strings/strings.js";
export { DivarMediaComposer };

// The entry may be loaded twice, as by two versions of the package on one page.
if (!customElements.get("divar-media-composer")) {
  customElements.define("divar-media-composer", DivarMediaComposer);
}

declare global {
  interface HTMLElementTagNameMap {
    "divar-media-composer": DivarMediaComposer;
  }
  interface HTMLElementEventMap extends ComposerEventMap {}
}
