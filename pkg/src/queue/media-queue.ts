import { divarError } from "../errors/divar-media-error.js";
import { invalidArgument } from "../errors/user-messages.js";
import { notify } from "../notify.js";
import type { DivarMediaError } from "../types/error.js";
import type { MediaQueueOptions, QueuedMedia } from "../types/queue.js";
import { QueueEntry } from "./queue-entry.js";
import { TokenPool } from "./token-pool.js";

/** What a file adds to the sums of its queue, in bytes. */
interface Counted {
  loaded: number;
  total: number;
}

/**
 * Sends many files, a few at a time, in the order in which they were added. A file that fails does not
 * stop the others.
 */
export class MediaQueue<Result = unknown> {
  #options: MediaQueueOptions<Result>;
  #concurrency: number;
  #tokens: TokenPool | undefined;
  #entries = new Map<QueueEntry<Result>, Counted>();
  #snapshot: readonly QueueEntry<Result>[] | undefined;
  /** Not started yet, in the order in which they were added. */
  #waiting = new Set<QueueEntry<Result>>();
  /** To be tried again. They go before those that are not started yet. */
  #retried = new Set<QueueEntry<Result>>();
  #running = 0;
  #loaded = 0;
  #total = 0;
  #whenIdle: (() => void)[] = [];

  /** @throws {DivarMediaError} `invalid_argument` */
  constructor(options: MediaQueueOptions<Result>) {
    const { send, token, concurrency = 3 }: Partial<MediaQueueOptions<Result>> = options ?? {};
    if (typeof send !== "function") throw argumentError("send must be a function");
    if (!(concurrency >= 1)) throw argumentError("concurrency must be a number, at least 1");
    this.#options = options;
    this.#concurrency = concurrency;
    if (token) this.#tokens = new TokenPool(token, () => this.#hasWaiting());
  }

  /** All files that were added and not removed, in order; a new array after each addition or removal. */
  get entries(): readonly QueuedMedia<Result>[] {
    this.#snapshot ??= [...this.#entries.keys()];
    return this.#snapshot;
  }

  /** Bytes that have been sent, of all files except the cancelled ones. */
  get loaded(): number {
    return this.#loaded;
  }

  /** Bytes of all files except the cancelled ones. */
  get total(): number {
    return this.#total;
  }

  /** Adds a file, and starts to send it as soon as `concurrency` allows. */
  add(file: Blob): QueuedMedia<Result> {
    const entry = new QueueEntry<Result>(file, {
      changed: (changed) => this.#changed(changed),
      removed: (removed) => this.#remove(removed),
    });
    this.#entries.set(entry, { loaded: 0, total: 0 });
    this.#snapshot = undefined;
    this.#waiting.add(entry);
    this.#count(entry);
    this.#startNext();
    return entry;
  }

  /** The outcome of each file, in order, as soon as no file is waiting or being sent. */
  async settled(): Promise<PromiseSettledResult<Result>[]> {
    if (this.#isBusy()) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    return [...this.#entries.keys()].map((entry) => entry.outcome());
  }

  #hasWaiting(): boolean {
    return this.#waiting.size + this.#retried.size > 0;
  }

  #isBusy(): boolean {
    return this.#running > 0 || this.#hasWaiting();
  }

  #startNext(): void {
    while (this.#running < this.#concurrency) {
      const [entry] = this.#retried.size > 0 ? this.#retried : this.#waiting;
      if (!entry) break;
      this.#run(entry);
    }
  }

  async #run(entry: QueueEntry<Result>): Promise<void> {
    this.#waiting.delete(entry);
    this.#retried.delete(entry);
    this.#running += 1;
    await entry.run(this.#options.send, this.#tokens);
    this.#running -= 1;
    this.#changed(entry);
  }

  #changed(entry: QueueEntry<Result>): void {
    this.#enqueue(entry);
    this.#count(entry);
    this.#startNext();
    this.#tokens?.abortIfUnneeded();
    notify(this.#options.onChange, entry);
    if (!this.#isBusy()) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Keeps an entry in the right list after its state has changed. */
  #enqueue(entry: QueueEntry<Result>): void {
    if (entry.state !== "waiting") {
      this.#waiting.delete(entry);
      this.#retried.delete(entry);
    } else if (this.#entries.has(entry) && !this.#waiting.has(entry)) {
      this.#retried.add(entry);
    }
  }

  #count(entry: QueueEntry<Result>): void {
    const counted = this.#entries.get(entry);
    if (!counted) return;
    const isCounted = entry.state !== "cancelled";
    this.#add(counted, isCounted ? entry.loaded : 0, isCounted ? entry.total : 0);
  }

  #add(counted: Counted, loaded: number, total: number): void {
    this.#loaded += loaded - counted.loaded;
    this.#total += total - counted.total;
    Object.assign(counted, { loaded, total });
  }

  #remove(entry: QueueEntry<Result>): void {
    const counted = this.#entries.get(entry);
    if (counted) this.#add(counted, 0, 0);
    this.#entries.delete(entry);
    this.#snapshot = undefined;
  }
}

const argumentError = (message: string): DivarMediaError =>
  divarError("invalid_argument", invalidArgument, "upload", message);
