/** A first-in, first-out list whose operations take constant time on average. */
export class Fifo<Item> {
  #incoming: Item[] = [];
  /** In reverse order. */
  #outgoing: Item[] = [];

  push(item: Item): void {
    this.#incoming.push(item);
  }

  shift(): Item | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse();
      this.#incoming = [];
    }
    return this.#outgoing.pop();
  }
}
