import type { ButtonGrid, QueuedMedia, SentMessage } from "divar-chat-media";
import type { MediaChange, MediaInspection, MediaType } from "divar-chat-media/prepare";
import { preparing } from "./later.js";
import { readLevels } from "./levels.js";
import { changed } from "./watch.js";

let last = 0;

/** A file on its way into the conversation: looked into, prepared, sent. */
export class Attachment {
  readonly id = ++last;
  /** What it really is, once that was looked at. */
  inspection: MediaInspection | undefined;
  /** What is to be sent, once it is prepared. */
  file: File | undefined;
  /** What was done to it. */
  changes: MediaChange[] = [];
  /** Why it cannot be prepared. */
  error: unknown;
  /** The messages that were there before it was sent. */
  before: ReadonlySet<string> = new Set();
  /** Its place in the queue, once it is there. */
  entry: QueuedMedia<SentMessage> | undefined;
  /** The buttons under its message. */
  buttons: ButtonGrid | undefined;
  /** The loudness of a voice note over its length, each from 0 to 1. */
  levels: number[] | undefined;
  #url: string | undefined;
  #abort = new AbortController();

  constructor(readonly original: File) {
    this.prepared = this.#prepare();
  }

  get name(): string {
    return this.file?.name ?? this.original.name;
  }

  get size(): number {
    return this.file?.size ?? this.original.size;
  }

  /** What it goes as; before it was looked into what the browser takes it for. */
  get type(): MediaType | undefined {
    const [kind] = this.original.type.split("/");
    if (this.inspection) return this.inspection.mediaType ?? BY_FORMAT[this.inspection.format];
    return kind === "image" || kind === "video" ? kind : kind === "audio" ? "voice" : undefined;
  }

  /** An address for its preview: of what will be sent, where that is known. */
  get url(): string {
    this.#url ??= URL.createObjectURL(this.file ?? this.original);
    return this.#url;
  }

  /** Settles once it is prepared or cannot be. */
  prepared: Promise<void>;

  /** Tries anew to prepare it. */
  prepareAgain(): void {
    this.error = undefined;
    this.changes = [];
    this.prepared = this.#prepare();
  }

  /** Looks into it and prepares it. What comes of it is told by `changed`. */
  async #prepare(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const { inspectMedia, prepareMedia } = await preparing();
      this.inspection = await inspectMedia(this.original, { signal });
      changed();
      const onChange = (change: MediaChange) => this.changes.push(change);
      this.file = await prepareMedia(this.original, null, { onChange, signal });
      this.#forgetUrl();
      if (this.type === "voice") this.levels = await readLevels(this.file);
    } catch (error) {
      if (!signal.aborted) this.error = error;
    }
    changed();
  }

  /** Lets go of everything. */
  discard(): void {
    this.#abort.abort();
    this.entry?.remove();
    this.#forgetUrl();
  }

  #forgetUrl(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}

/** What `prepareMedia` makes of formats that no media type takes as they are. */
const BY_FORMAT: Readonly<Record<string, MediaType>> = {
  webp: "image",
  gif: "image",
  heic: "image",
  avif: "image",
  mov: "video",
  webm: "video",
  matroska: "video",
  ogg: "voice",
  mp3: "voice",
  wav: "voice",
};
