import { changed } from "./watch.js";

let sentence = "";

/** What a screen reader is to read out. */
export const said = (): string => sentence;

/** Has a screen reader read `text` out, once it is done with what it reads. */
export function say(text: string): void {
  // The same words again are news only where something differs.
  sentence = text === sentence ? `${text}\u00a0` : text;
  changed();
}
