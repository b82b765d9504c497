/**
 * Holds back the message of an entry until no entry before it may still send one. An entry that fails
 * or is cancelled loses its place: if it is tried again, it neither waits nor is waited for.
 */
export class MessageOrder<Entry> {
  /** Entries that have not settled yet, in the order in which they were added. */
  #unsettled = new Set<Entry>();
  #held = new Map<Entry, () => void>();

  add(entry: Entry): void {
    this.#unsettled.add(entry);
  }

  /** Whether an entry before this one may still send its message. */
  isHeld(entry: Entry): boolean {
    return this.#unsettled.has(entry) && this.#first() !== entry;
  }

  /** Resolves when the entry may send its message. */
  turnOf(entry: Entry): Promise<void> {
    if (!this.isHeld(entry)) return Promise.resolve();
    return new Promise((resolve) => this.#held.set(entry, resolve));
  }

  /** The entry has sent its message, or will not send it. */
  settle(entry: Entry): void {
    this.#unsettled.delete(entry);
    this.#release(entry);
    const next = this.#first();
    if (next !== undefined) this.#release(next);
  }

  #release(entry: Entry): void {
    this.#held.get(entry)?.();
    this.#held.delete(entry);
  }

  #first(): Entry | undefined {
    const [first] = this.#unsettled;
    return first;
  }
}
