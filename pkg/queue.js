import { failure } from "./error.js";
import { QueuedMedia } from "./queued.js";
import { TokenLine } from "./tokens.js";

/** Many files, a few at a time; described in the type definitions. */
export class MediaQueue {
  #entries = [];
  #send;
  #concurrency;
  #onChange;
  #tokens;
  #running = 0;
  #whenIdle = [];

  constructor({ send, token, concurrency = 3, onChange } = {}) {
    if (typeof send !== "function") throw misuse("send must be a function");
    if (!(concurrency >= 1)) throw misuse("concurrency must be a number, at least 1");
    this.#send = send;
    this.#concurrency = concurrency;
    this.#onChange = onChange;
    if (token) this.#tokens = new TokenLine(token, () => this.#next() !== undefined);
  }

  get entries() {
    return [...this.#entries];
  }

  get loaded() {
    return this.#sum("loaded");
  }

  get total() {
    return this.#sum("total");
  }

  add(file) {
    const entry = new QueuedMedia(file, {
      changed: (changed) => this.#changed(changed),
      forget: (removed) => {
        this.#entries = this.#entries.filter((kept) => kept !== removed);
      },
    });
    this.#entries.push(entry);
    this.#begin();
    return entry;
  }

  async settled() {
    if (this.#isBusy()) await new Promise((resolve) => this.#whenIdle.push(resolve));
    return this.#entries.map(({ state, result, error }) =>
      state === "sent"
        ? { status: "fulfilled", value: result }
        : { status: "rejected", reason: error },
    );
  }

  #next() {
    return this.#entries.find(({ state }) => state === "waiting");
  }

  #isBusy() {
    return this.#running > 0 || this.#next() !== undefined;
  }

  #sum(name) {
    const counted = this.#entries.filter(({ state }) => state !== "cancelled");
    return counted.reduce((sum, entry) => sum + entry[name], 0);
  }

  #begin() {
    while (this.#running < this.#concurrency) {
      const entry = this.#next();
      if (!entry) break;
      this.#run(entry);
    }
  }

  async #run(entry) {
    this.#running += 1;
    await entry.run(this.#send, this.#tokens);
    this.#running -= 1;
    this.#changed(entry);
  }

  #changed(entry) {
    this.#begin();
    this.#tokens?.endIfUnwanted();
    try {
      this.#onChange?.(entry);
    } catch {
      // What the caller's function throws must not stop the other files.
    }
    if (!this.#isBusy()) for (const tell of this.#whenIdle.splice(0)) tell();
  }
}

const misuse = (message) =>
  failure(message, undefined, { code: "invalid_argument", stage: "upload" });
