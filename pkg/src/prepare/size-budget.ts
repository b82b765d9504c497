/** The part of a file that its index takes at most when the recorder closes it. */
const INDEX = 0.04;
/** How much sound may follow after the recorder was told to stop, in seconds. */
const TAIL = 2;
/** How far a recorder may exceed the rate that it was asked for. */
const EXCESS = 1.25;

/** How much of a file's size limit a recording has left. */
export class SizeBudget {
  /** Bytes that the recorder has delivered. */
  bytes = 0;
  #limit: number;
  #rate: number;
  #started: number = performance.now();
  #delivered: number = this.#started;
  #secondsLeft: number = Number.POSITIVE_INFINITY;

  /** @param rate what the recorder promises, in bytes a second */
  constructor(maxBytes: number, rate: number) {
    this.#rate = rate;
    this.#limit = maxBytes * (1 - INDEX) - rate * TAIL;
  }

  /** Counts bytes that the recorder has delivered. */
  spend(bytes: number): void {
    this.bytes += bytes;
    this.#delivered = performance.now();
  }

  /** The duration of the recording so far. */
  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** By the rate so far; it never increases. */
  get secondsLeft(): number {
    const rate = Math.max(this.#rate, this.bytes / this.seconds);
    const left = Math.max(0, (this.#limit - this.#expectedBytes) / rate);
    this.#secondsLeft = Math.min(this.#secondsLeft, left);
    return this.#secondsLeft;
  }

  get isSpent(): boolean {
    return this.#expectedBytes >= this.#limit;
  }

  /** With those not delivered yet: some recorders keep them for longer than they were asked to. */
  get #expectedBytes(): number {
    const waited = (performance.now() - this.#delivered) / 1000;
    return this.bytes + waited * this.#rate * EXCESS;
  }
}
