import { unlessAborted } from "../abort.js";

/** What a holder may pass on to the next one. */
interface Resource {
  terminate(): void;
}

/**
 * A semaphore whose holders pass a resource on: who releases it gives the resource to the next waiter.
 * If nobody waits, the resource is terminated.
 */
export class Semaphore<Held extends Resource> {
  #permits: number;
  #waiters: ((held: Held | undefined) => void)[] = [];

  constructor(permits: number) {
    this.#permits = permits;
  }

  /** Resolves when a permit is free, with the resource of its last holder. */
  async acquire(signal?: AbortSignal): Promise<Held | undefined> {
    if (this.#permits > 0) {
      this.#permits -= 1;
      return undefined;
    }
    let begin: (held: Held | undefined) => void = () => {};
    const permit = new Promise<Held | undefined>((resolve) => {
      begin = resolve;
    });
    this.#waiters.push(begin);
    try {
      return await unlessAborted(signal, permit);
    } catch (reason) {
      this.#leave(begin, permit);
      throw reason;
    }
  }

  /** Gives the permit back, and passes a resource on. */
  release(held?: Held): void {
    const begin = this.#waiters.shift();
    if (begin) {
      begin(held);
    } else {
      this.#permits += 1;
      held?.terminate();
    }
  }

  /** Stops waiting. A permit that was granted in the same moment goes to the next waiter. */
  #leave(begin: (held: Held | undefined) => void, permit: Promise<Held | undefined>): void {
    const index = this.#waiters.indexOf(begin);
    if (index >= 0) this.#waiters.splice(index, 1);
    else permit.then((held) => this.release(held));
  }
}
