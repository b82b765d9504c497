import { createStore, del, entries, set, type UseStore } from "idb-keyval";
import type { MediaInspection } from "../types/inspect.js";
import type { MediaChange } from "../types/prepare.js";

/** How long files are kept, in milliseconds: a day. */
const LIFETIME = 24 * 60 * 60 * 1000;

/** A file as IndexedDB keeps it. */
export interface StoredFile {
  id: string;
  /** Whom it was chosen for. */
  recipient: string;
  /** In milliseconds since 1970. */
  addedAt: number;
  original: File;
  /** The prepared file. */
  file: File | undefined;
  inspection: MediaInspection | undefined;
  changes: readonly MediaChange[];
  levels: readonly number[] | undefined;
  mediaToken: string | undefined;
  /** Whether the message was begun, so that it may have been delivered. */
  isMessageBegun: boolean;
}

/** The files of one recipient, as far as they survive the page. */
export class StoredFiles {
  #store: UseStore = createStore("divar-media-composer", "files");
  #recipient: string;
  /** Settles once everything before is written. */
  #written: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;
  #isClosed = false;

  constructor(recipient: string) {
    this.#recipient = recipient;
  }

  /**
   * Reads the files that an earlier page has left, oldest first, and gives them to `restore`. One page
   * at a time does so, so that two do not send the same file: it waits until the others are closed.
   */
  async open(restore: (files: readonly StoredFile[]) => void): Promise<void> {
    await navigator.locks?.request(`divar-media-composer ${this.#recipient}`, async () => {
      if (this.#isClosed) return;
      const closed = new Promise<void>((resolve) => {
        this.#release = resolve;
      });
      restore(await this.#read());
      await closed;
    });
  }

  /** Lets another page restore the files. */
  close(): void {
    this.#isClosed = true;
    this.#release?.();
  }

  /** Writes a file over its earlier record. Resolves once it is written or cannot be. */
  save(file: Omit<StoredFile, "recipient">): Promise<void> {
    const record: StoredFile = { ...file, recipient: this.#recipient };
    return this.#write(async () => {
      // An outdated record could have a file sent twice.
      await set(record.id, record, this.#store).catch(() => del(record.id, this.#store));
    });
  }

  remove(id: string): Promise<void> {
    return this.#write(() => del(id, this.#store));
  }

  async #read(): Promise<StoredFile[]> {
    try {
      const all = (await entries<string, StoredFile>(this.#store)).map(([, file]) => file);
      const outdated = all.filter(({ addedAt }) => Date.now() - addedAt > LIFETIME);
      for (const { id } of outdated) void this.remove(id);
      return all
        .filter((file) => file.recipient === this.#recipient && !outdated.includes(file))
        .sort((one, other) => one.addedAt - other.addedAt);
    } catch {
      return [];
    }
  }

  /** Private windows and full disks refuse to write: the file then ends with the page. */
  #write(change: () => Promise<void>): Promise<void> {
    this.#written = this.#written.then(change).catch(() => {});
    return this.#written;
  }
}
