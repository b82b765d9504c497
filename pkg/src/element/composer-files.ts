import { isDivarError } from "../errors/divar-media-error.js";
import type { MediaQueue } from "../queue/media-queue.js";
import type { SentMessage } from "../types/message.js";
import type { QueuedMedia } from "../types/queue.js";
import type { SendMediaOptions } from "../types/send.js";
import type { EndpointTokenOptions } from "../types/token.js";
import { Attachment, type Preparation } from "./attachment.js";
import { loadPrepareAndSend } from "./load.js";
import type { StoredFile, StoredFiles } from "./stored-files.js";

/** The composer, as far as its files need it. */
export interface ComposerFilesHost {
  preparation(): Preparation;
  tokenOptions(): EndpointTokenOptions;
  sendOptions(attachment: Attachment): SendMediaOptions;
  /** Something that is shown has changed. */
  changed(): void;
  progressed(): void;
  sent(attachment: Attachment, message: SentMessage): void;
  failed(attachment: Attachment, error: unknown): void;
}

/** The files of a composer, from the choice to the message. */
export class ComposerFiles {
  #host: ComposerFilesHost;
  #all: readonly Attachment[] = [];
  /** Those that are being sent together, with those of them that have been sent. */
  #batch: readonly Attachment[] = [];
  #byFile = new WeakMap<Blob, Attachment>();
  #stored: StoredFiles | undefined;
  /** Settles once all files that were sent off are in the queue. */
  #enqueued: Promise<void> = Promise.resolve();
  #queue: Promise<MediaQueue<SentMessage>> | undefined;

  constructor(host: ComposerFilesHost) {
    this.#host = host;
  }

  get all(): readonly Attachment[] {
    return this.#all;
  }

  /** Those that were not sent off. */
  get chosen(): readonly Attachment[] {
    return this.#all.filter(({ isOutgoing }) => !isOutgoing);
  }

  /** Those that were sent off and have not arrived. */
  get outgoing(): readonly Attachment[] {
    return this.#all.filter(({ isOutgoing }) => isOutgoing);
  }

  /** Those whose progress is summed up. */
  get batch(): readonly Attachment[] {
    return this.#batch.filter(({ state }) => state !== "cancelled");
  }

  /** Those that can be sent; one that is being prepared is sent as soon as it is ready. */
  get sendable(): readonly Attachment[] {
    return this.chosen.filter(({ state }) => state !== "refused");
  }

  /** Whether leaving the page would lose something. */
  get isSending(): boolean {
    return this.outgoing.some(({ isUnderway }) => isUnderway);
  }

  add(files: Iterable<File>): void {
    const added = Array.from(files, (file) => Attachment.choose(file));
    this.#all = [...this.#all, ...added];
    for (const attachment of added) {
      this.#save(attachment);
      this.#prepare(attachment);
    }
    this.#host.changed();
  }

  /** Keeps the files in a store from now on, and offers those that an earlier page has left there. */
  keepIn(stored: StoredFiles): void {
    this.#stored?.close();
    this.#stored = stored;
    for (const attachment of this.#all) this.#save(attachment);
    // Without IndexedDB or locks there is nothing to restore.
    stored.open((files) => this.#restore(files)).catch(() => {});
  }

  #restore(files: readonly StoredFile[]): void {
    const known = new Set(this.#all.map(({ id }) => id));
    const restored = files.filter(({ id }) => !known.has(id)).map(Attachment.restore);
    if (restored.length === 0) return;
    this.#all = [...restored, ...this.#all];
    for (const attachment of restored) {
      if (attachment.isMessageBegun) this.#host.failed(attachment, attachment.error);
      else if (!attachment.file) this.#prepare(attachment);
    }
    this.#host.changed();
  }

  /** Sends these files. */
  send(attachments: readonly Attachment[]): void {
    this.#batch = this.isSending ? [...this.#batch, ...attachments] : [...attachments];
    for (const attachment of attachments) attachment.isOutgoing = true;
    this.#enqueueInTurn(attachments);
    this.#host.changed();
  }

  /** Tries again what failed: the preparation, the upload or the message. */
  retry(attachment: Attachment): void {
    if (attachment.entry) attachment.entry.retry();
    else {
      this.#prepare(attachment);
      this.#enqueueInTurn([attachment]);
    }
    this.#host.changed();
  }

  cancel(attachment: Attachment): void {
    if (attachment.entry) attachment.entry.cancel();
    else this.remove(attachment);
  }

  remove(attachment: Attachment): void {
    this.#discard(attachment);
    this.#batch = this.#batch.filter((kept) => kept !== attachment);
    this.#host.changed();
  }

  /** Cancels and removes everything. */
  clear(): void {
    for (const attachment of this.#all) this.#discard(attachment);
    this.#batch = [];
    this.#host.changed();
  }

  /** Cancels everything. What is stored is kept for a later page. */
  dispose(): void {
    this.#stored?.close();
    this.#stored = undefined;
    this.clear();
  }

  #prepare(attachment: Attachment): void {
    void attachment.prepare(this.#host.preparation(), () => {
      if (!this.#all.includes(attachment)) return;
      if (attachment.state === "ready") this.#save(attachment);
      this.#host.changed();
    });
  }

  #save(attachment: Attachment): Promise<void> | undefined {
    return this.#stored?.save(attachment.toStored());
  }

  #discard(attachment: Attachment): void {
    this.#all = this.#all.filter((kept) => kept !== attachment);
    void this.#stored?.remove(attachment.id);
    attachment.discard();
  }

  #enqueueInTurn(attachments: readonly Attachment[]): void {
    this.#enqueued = this.#enqueued.then(() => this.#enqueue(attachments));
  }

  /** Puts files into the queue in their order, each once it and those before it are prepared. */
  async #enqueue(attachments: readonly Attachment[]): Promise<void> {
    for (const attachment of attachments) {
      await attachment.prepared;
      if (!this.#all.includes(attachment)) continue;
      const { file, error } = attachment;
      if (!file) {
        this.#host.failed(attachment, error);
        continue;
      }
      this.#byFile.set(file, attachment);
      const queue = await this.#getQueue();
      if (this.#all.includes(attachment)) attachment.entry = queue.add(file);
      this.#host.changed();
    }
  }

  #getQueue(): Promise<MediaQueue<SentMessage>> {
    this.#queue ??= loadPrepareAndSend().then(({ createQueue }) =>
      createQueue({
        tokenOptions: () => this.#host.tokenOptions(),
        sendOptions: (file) => this.#host.sendOptions(this.#byFile.get(file) as Attachment),
        messageBegins: (file) => this.#messageBegins(this.#byFile.get(file) as Attachment),
        changed: (entry) => this.#changed(entry),
      }),
    );
    return this.#queue;
  }

  /** A page that ends from now on leaves a file that is not sent again. */
  async #messageBegins(attachment: Attachment): Promise<void> {
    attachment.isMessageBegun = true;
    await this.#save(attachment);
  }

  #changed(entry: QueuedMedia<SentMessage>): void {
    const attachment = this.#all.find((one) => one.entry === entry);
    if (!attachment) return;
    const { state, result, error } = entry;
    this.#host.progressed();
    if (state === "sent") {
      this.#discard(attachment);
      this.#host.sent(attachment, result as SentMessage);
    } else if (state === "failed") {
      attachment.isMessageBegun = isDivarError(error) && error.deliveryUnknown;
      this.#save(attachment);
      this.#host.failed(attachment, error);
    } else if (entry.stage === "upload" && entry.mediaToken !== undefined) this.#save(attachment);
    this.#host.changed();
  }
}
