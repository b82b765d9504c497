/** What goes on top of the sound when a recorder closes its file: an index, of 3 % at most. */
const INDEX = 0.04;
/** How much sound may come after the recorder was told to stop, in seconds. */
const TAIL = 2;
/** A recorder may go over the rate that it was asked for. */
const EXCESS = 1.25;

/** How much room a recording has left in a file of limited size. */
export class Room {
  bytes = 0;
  #limit;
  #rate;
  #start = performance.now();
  #taken = this.#start;
  #left = Number.POSITIVE_INFINITY;

  /**
   * @param {number} maxBytes
   * @param {number} rate bytes a second, as the recorder promises
   */
  constructor(maxBytes, rate) {
    this.#rate = rate;
    this.#limit = maxBytes * (1 - INDEX) - rate * TAIL;
  }

  take(bytes) {
    this.bytes += bytes;
    this.#taken = performance.now();
  }

  get seconds() {
    return (performance.now() - this.#start) / 1000;
  }

  /** At the rate so far, and never more than was said before. */
  get secondsLeft() {
    const rate = Math.max(this.#rate, this.bytes / this.seconds);
    const left = Math.max(0, (this.#limit - this.#expected) / rate);
    this.#left = Math.min(this.#left, left);
    return this.#left;
  }

  get isFull() {
    return this.#expected >= this.#limit;
  }

  /** With what the recorder has not yet handed over; some keep it longer than they were asked to. */
  get #expected() {
    const waited = (performance.now() - this.#taken) / 1000;
    return this.bytes + waited * this.#rate * EXCESS;
  }
}
