import { divarError } from "../errors/divar-media-error.js";
import { invalidArgument } from "../errors/user-messages.js";
import { notify } from "../notify.js";
import type { DivarMediaError } from "../types/error.js";
import type { MediaQueueOptions, QueuedMedia } from "../types/queue.js";
import { Fifo } from "./fifo.js";
import { MessageOrder } from "./message-order.js";
import { QueueEntry } from "./queue-entry.js";
import { TokenPool } from "./token-pool.js";

/** What a file adds to the sums of its queue. */
interface Counted {
  /** In bytes. */
  loaded: number;
  /** In bytes. */
  total: number;
  /** 1 while the file is waiting. */
  waiting: number;
}

const NOTHING: Counted = { loaded: 0, total: 0, waiting: 0 };

/**
 * Sends many files, a few at a time. Uploads overlap; the messages are sent in the order in which the
 * files were added (see `order`). A file that fails does not stop the others.
 */
export class MediaQueue<Result = unknown> {
  #options: MediaQueueOptions<Result>;
  #concurrency: number;
  #tokens: TokenPool | undefined;
  #order: MessageOrder<QueueEntry<Result>> | undefined;
  #entries = new Map<QueueEntry<Result>, Counted>();
  #snapshot: readonly QueueEntry<Result>[] | undefined;
  /** What all entries add up to. */
  #sums: Counted = { ...NOTHING };
  /** In the order in which they were added; those that no longer wait are skipped. */
  #added = new Fifo<QueueEntry<Result>>();
  /** To be tried again. They go before those that are not started yet. */
  #retried = new Fifo<QueueEntry<Result>>();
  /** Entries that are being sent. */
  #running = 0;
  /** Entries whose message is held back. They leave their place to the next upload. */
  #holding = new Set<QueueEntry<Result>>();
  #whenIdle: (() => void)[] = [];

  /** @throws {DivarMediaError} `invalid_argument` */
  constructor(options: MediaQueueOptions<Result>) {
    const given: Partial<MediaQueueOptions<Result>> = options ?? {};
    const { send, token, concurrency = 3, order = "added" } = given;
    if (typeof send !== "function") throw argumentError("send must be a function");
    if (!(concurrency >= 1)) throw argumentError("concurrency must be a number, at least 1");
    if (order === "added") this.#order = new MessageOrder();
    else if (order !== "completed") throw argumentError("order must be added or completed");
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
    return this.#sums.loaded;
  }

  /** Bytes of all files except the cancelled ones. */
  get total(): number {
    return this.#sums.total;
  }

  /** Adds a file, and starts to send it as soon as `concurrency` allows. */
  add(file: Blob): QueuedMedia<Result> {
    const entry = new QueueEntry<Result>(file, {
      changed: (changed) => this.#changed(changed),
      retried: (retried) => this.#retried.push(retried),
      removed: (removed) => this.#remove(removed),
      turnOf: (uploaded) => this.#turnOf(uploaded),
    });
    this.#entries.set(entry, { ...NOTHING });
    this.#snapshot = undefined;
    this.#added.push(entry);
    this.#order?.add(entry);
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
    return this.#sums.waiting > 0;
  }

  #isBusy(): boolean {
    return this.#running > 0 || this.#hasWaiting();
  }

  #startNext(): void {
    while (this.#running - this.#holding.size < this.#concurrency) {
      const entry = this.#nextOf(this.#retried) ?? this.#nextOf(this.#added);
      if (!entry) break;
      this.#run(entry);
    }
  }

  #nextOf(list: Fifo<QueueEntry<Result>>): QueueEntry<Result> | undefined {
    for (;;) {
      const entry = list.shift();
      if (!entry || (entry.state === "waiting" && this.#entries.has(entry))) return entry;
    }
  }

  async #run(entry: QueueEntry<Result>): Promise<void> {
    this.#running += 1;
    const run = entry.run(this.#options.send, this.#tokens);
    this.#count(entry);
    await run;
    this.#running -= 1;
    this.#changed(entry);
  }

  /** Resolves when the message of an uploaded file may be sent. */
  async #turnOf(entry: QueueEntry<Result>): Promise<void> {
    if (!this.#order?.isHeld(entry)) return;
    this.#holding.add(entry);
    this.#startNext();
    await this.#order.turnOf(entry);
    this.#holding.delete(entry);
  }

  #changed(entry: QueueEntry<Result>): void {
    if (entry.isSettled) {
      this.#holding.delete(entry);
      this.#order?.settle(entry);
    }
    this.#count(entry);
    this.#startNext();
    this.#tokens?.abortIfUnneeded();
    notify(this.#options.onChange, entry);
    if (!this.#isBusy()) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Brings the sums up to date after an entry has changed. */
  #count(entry: QueueEntry<Result>): void {
    const counted = this.#entries.get(entry);
    if (!counted) return;
    const { state, loaded, total } = entry;
    const waiting = state === "waiting" ? 1 : 0;
    this.#replace(counted, state === "cancelled" ? NOTHING : { loaded, total, waiting });
  }

  #replace(counted: Counted, by: Counted): void {
    this.#sums.loaded += by.loaded - counted.loaded;
    this.#sums.total += by.total - counted.total;
    this.#sums.waiting += by.waiting - counted.waiting;
    Object.assign(counted, by);
  }

  #remove(entry: QueueEntry<Result>): void {
    const counted = this.#entries.get(entry);
    if (counted) this.#replace(counted, NOTHING);
    this.#entries.delete(entry);
    this.#snapshot = undefined;
  }
}

const argumentError = (message: string): DivarMediaError =>
  divarError("invalid_argument", invalidArgument, "upload", message);
