import type { MediaChange } from "../types/prepare.js";
import { formatSize } from "./format.js";
import type { ComposerStrings } from "./strings/strings.js";

/** A sentence about a change that was made to a file before it is sent. */
export function describeChange(change: MediaChange, strings: ComposerStrings): string {
  switch (change.change) {
    case "metadata_removed": {
      const names = change.removed.map((name) => strings.metadata[name]);
      return `${strings.removedMetadata} ${names.join(strings.listSeparator)}`;
    }
    case "converted":
    case "redrawn": {
      const { locale } = strings;
      const before = isolate(formatSize(locale, change.bytesBefore));
      const after = isolate(formatSize(locale, change.bytes));
      if (change.change === "converted") return strings.converted(before, after);
      return change.bytes < change.bytesBefore
        ? strings.smaller(before, after)
        : strings.redrawn(before, after);
    }
    case "fast_start":
      return strings.fastStart;
    case "repackaged":
      return strings.repackaged;
  }
}

/** Keeps a number and its unit together in text of the other direction, as `<bdi>` does. */
const isolate = (text: string): string => `\u2068${text}\u2069`;
