import type { PrivateMetadata } from "../../types/inspect.js";
import type { MediaType } from "../../types/upload.js";

/** All texts of the composer. Numbers, sizes and times come formatted by `locale`. */
export interface ComposerStrings {
  /** The BCP 47 tag that numbers are formatted by. */
  locale: string;
  /** The direction of the composer. */
  direction: "ltr" | "rtl";
  /** Which of the sentences of an error's `userMessage` is shown. */
  userMessage: "fa" | "en";

  composer: string;
  choose: string;
  camera: string;
  record: string;
  send: string;
  sendCount: (count: string) => string;
  dropHere: string;
  chosen: string;
  chosenCount: (count: string) => string;
  tooMany: (most: string) => string;
  /** Why a form with the composer in it cannot be submitted yet. */
  unsent: string;
  removeFile: (name: string) => string;
  cancelFile: (name: string) => string;
  cancelAll: string;
  retryFile: (name: string) => string;

  /** The name of the list of files that are being sent. */
  outgoing: string;
  checking: string;
  preparing: string;
  converting: string;
  waiting: string;
  waitingOnline: string;
  asking: string;
  uploading: string;
  processing: string;
  messaging: string;
  sent: string;
  cancelled: string;
  progressOf: (name: string) => string;
  total: (done: string, all: string) => string;
  totalProgress: string;

  kinds: Readonly<Record<MediaType, string>>;
  unknownKind: string;
  listSeparator: string;
  /** Followed by the names in `metadata`. */
  removedMetadata: string;
  metadata: Readonly<Record<PrivateMetadata, string>>;
  smaller: (before: string, after: string) => string;
  redrawn: (before: string, after: string) => string;
  converted: (before: string, after: string) => string;
  fastStart: string;
  repackaged: string;

  recording: string;
  recordingLeft: (time: string) => string;
  recordingStop: string;
  recordingCancel: string;
  level: string;

  unexpected: string;
  deliveryUnknown: string;
}
