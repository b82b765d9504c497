import { divarError } from "../errors/divar-media-error.js";
import { network, unsupportedFormat } from "../errors/user-messages.js";
import type { ButtonGrid } from "../types/button.js";
import type { DivarMediaError } from "../types/error.js";
import type { MediaInspection } from "../types/inspect.js";
import type { SentMessage } from "../types/message.js";
import type { MediaChange, PrepareOptions } from "../types/prepare.js";
import type { QueuedMedia, QueuedMediaState } from "../types/queue.js";
import type { MediaType } from "../types/upload.js";
import { readLevels } from "./levels.js";
import { loadPrepareAndSend } from "./load.js";
import { MEDIA_TYPES, mediaTypeOf } from "./media-type.js";
import type { StoredFile } from "./stored-files.js";

/**
 * The state of a file in the composer: `"refused"` if it cannot be sent, else one of those before it is
 * in the queue, and then the queue's.
 */
export type ComposerFileState = "preparing" | "ready" | "refused" | QueuedMediaState;

/** A file in the composer. */
export interface ComposerFile {
  readonly name: string;
  /** In bytes; of the prepared file as soon as there is one. */
  readonly size: number;
  /** What the file is sent as, as far as it is known. */
  readonly type: MediaType | undefined;
  readonly state: ComposerFileState;
  /** Bytes that have been sent. */
  readonly loaded: number;
  /** What was changed to prepare the file. */
  readonly changes: readonly MediaChange[];
  /** The loudness of a voice note over its length: numbers from 0 to 1. */
  readonly levels: readonly number[] | undefined;
  /** The buttons under its message. */
  readonly buttons: ButtonGrid | undefined;
  /** The buttons under its message that the sender sees, for the target `conversation`. */
  readonly senderButtons: ButtonGrid | undefined;
  /** The buttons under its message that the recipient sees, for the target `conversation`. */
  readonly receiverButtons: ButtonGrid | undefined;
  /** Why it is refused, failed or was cancelled. */
  readonly error: unknown;
  /** The media token, once the file is uploaded. */
  readonly mediaToken: string | undefined;
}

/** How files are prepared. */
export interface Preparation {
  readonly accept: readonly MediaType[];
  /** In pixels. */
  readonly longestEdge: number | undefined;
  /** Converts sound and videos that Divar does not take. */
  readonly convert: PrepareOptions["convert"];
}

/** A chosen file with all that is known of it. */
export class Attachment implements ComposerFile {
  readonly id: string;
  /** In milliseconds since 1970; later for each file. */
  readonly addedAt: number;
  readonly original: File;
  /** The prepared file. */
  file: File | undefined;
  inspection: MediaInspection | undefined;
  changes: readonly MediaChange[] = [];
  /** A small picture of a video or a HEIC. */
  poster: Blob | undefined;
  levels: readonly number[] | undefined;
  /** The part that is converted, from 0 to 1; undefined if the file need not be. */
  converted: number | undefined;
  buttons: ButtonGrid | undefined;
  senderButtons: ButtonGrid | undefined;
  receiverButtons: ButtonGrid | undefined;
  /** Whether it was sent off, and is to go as soon as it is prepared. */
  isOutgoing = false;
  /** Its entry in the queue. */
  entry: QueuedMedia<SentMessage> | undefined;
  /** Settles once the file is prepared or refused. */
  prepared: Promise<void> = Promise.resolve();
  /** Whether its message was begun, so that it may have been delivered. */
  isMessageBegun = false;
  /** The media token that an earlier page got. */
  #storedMediaToken: string | undefined;
  #refusal: unknown;
  #url: string | undefined;
  #controller = new AbortController();

  private constructor(original: File, id: string, addedAt: number) {
    this.original = original;
    this.id = id;
    this.addedAt = addedAt;
  }

  static choose(file: File): Attachment {
    const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    lastAddedAt = Math.max(Date.now(), lastAddedAt + 1);
    return new Attachment(file, id, lastAddedAt);
  }

  /** A file that an earlier page has left. If its message was begun, it is not sent again. */
  static restore(stored: StoredFile): Attachment {
    const attachment = new Attachment(stored.original, stored.id, stored.addedAt);
    const { file, inspection, changes, levels, mediaToken, isMessageBegun } = stored;
    Object.assign(attachment, { file, inspection, changes, levels, isMessageBegun });
    attachment.#storedMediaToken = mediaToken;
    if (isMessageBegun) attachment.#refusal = interrupted(mediaToken);
    return attachment;
  }

  /** What is kept for a later page. */
  toStored(): Omit<StoredFile, "recipient"> {
    const { id, addedAt, original, file, inspection, changes, levels } = this;
    const { mediaToken, isMessageBegun } = this;
    const what = { id, addedAt, original, file, inspection, changes, levels };
    return { ...what, mediaToken, isMessageBegun };
  }

  get name(): string {
    return this.file?.name ?? this.original.name;
  }

  get size(): number {
    return this.file?.size ?? this.original.size;
  }

  get type(): MediaType | undefined {
    return this.inspection?.mediaType ?? mediaTypeOf((this.file ?? this.original).type);
  }

  get state(): ComposerFileState {
    if (this.entry) return this.entry.state;
    if (this.#refusal !== undefined) return "refused";
    return this.file ? "ready" : "preparing";
  }

  get loaded(): number {
    return this.entry?.loaded ?? 0;
  }

  get error(): unknown {
    return this.#refusal ?? this.entry?.error;
  }

  get mediaToken(): string | undefined {
    return this.entry?.mediaToken ?? this.#storedMediaToken;
  }

  /** Whether it is still being prepared or sent. */
  get isUnderway(): boolean {
    return this.state === "preparing" || this.isSending;
  }

  /** Whether it is on its way. */
  get isSending(): boolean {
    const { state } = this;
    return state === "waiting" || state === "sending";
  }

  /** An object URL for a preview of what is sent. */
  get url(): string {
    this.#url ??= URL.createObjectURL(this.poster ?? this.file ?? this.original);
    return this.#url;
  }

  /** Prepares the file, again after a failure. `changed` is called when more is known. */
  prepare(preparation: Preparation, changed: () => void): Promise<void> {
    this.#refusal = undefined;
    this.changes = [];
    this.converted = undefined;
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.prepared = this.#prepare(preparation, signal, changed)
      .catch((error) => {
        if (!signal.aborted) this.#refusal = error;
      })
      .then(changed);
    return this.prepared;
  }

  async #prepare(
    { accept, longestEdge, convert }: Preparation,
    signal: AbortSignal,
    changed: () => void,
  ): Promise<void> {
    const { inspectMedia, prepareMedia } = await loadPrepareAndSend();
    this.inspection = await inspectMedia(this.original, { signal });
    requireAccepted(this.inspection.mediaType, accept);
    changed();
    const changes: MediaChange[] = [];
    const file = await prepareMedia(this.original, null, {
      onChange: (change) => changes.push(change),
      onPreview: (preview) => {
        this.#revokeUrl();
        this.poster = preview;
        changed();
      },
      signal,
      ...(longestEdge !== undefined && { longestEdge }),
      ...(convert && { convert }),
      onProgress: ({ phase, done }) => {
        if (phase === "converting") this.#converting(done, changed);
      },
    });
    requireAccepted(this.inspection.mediaType ?? mediaTypeOf(file.type), accept);
    this.#revokeUrl();
    this.file = file;
    this.changes = changes;
    if (this.type === "voice") this.levels = await readLevels(file);
  }

  /** Shows each hundredth. */
  #converting(done: number, changed: () => void): void {
    const percent = Math.floor(done * 100);
    if (percent === Math.floor((this.converted ?? -1) * 100)) return;
    this.converted = percent / 100;
    changed();
  }

  /** Stops what is done with the file. */
  discard(): void {
    this.#controller.abort();
    this.entry?.remove();
    this.#revokeUrl();
  }

  #revokeUrl(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}

let lastAddedAt = 0;

/** The page ended after the message was begun. */
const interrupted = (mediaToken: string | undefined): DivarMediaError =>
  Object.assign(
    divarError("network", network, "message", "the page was closed while the message was sent", {
      deliveryUnknown: true,
    }),
    mediaToken !== undefined && { mediaToken },
  );

/** @throws {DivarMediaError} `unsupported_format`, for a media type that the composer does not accept */
function requireAccepted(type: MediaType | undefined, accept: readonly MediaType[]): void {
  if (type === undefined || accept.includes(type) || accept.length === MEDIA_TYPES.length) return;
  const message = `the composer accepts ${accept.join(", ")}, and this is of the type ${type}`;
  throw divarError("unsupported_format", unsupportedFormat, "prepare", message);
}
