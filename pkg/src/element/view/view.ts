import type { Attachment } from "../attachment.js";
import type { ComposerStrings } from "../strings/strings.js";

/** The composer, as far as what it renders needs it. */
export interface ComposerView {
  readonly strings: ComposerStrings;
  cancel(attachment: Attachment): void;
  retry(attachment: Attachment): void;
  remove(attachment: Attachment): void;
  requestUpdate(): void;
}
