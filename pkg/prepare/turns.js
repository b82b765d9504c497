import { unlessAborted } from "./abort.js";

/**
 * Lets so many in at a time; the others wait in line. Who leaves may leave something to the next,
 * which is ended when there is none.
 *
 * @template {{ end(): void }} Left
 */
export class Turns {
  #free;
  #line = [];

  /** @param {number} most */
  constructor(most) {
    this.#free = most;
  }

  /**
   * Resolves, once it is our turn, with what was left to us.
   *
   * @param {AbortSignal} [signal]
   * @returns {Promise<Left | undefined>}
   */
  async take(signal) {
    if (this.#free > 0) {
      this.#free -= 1;
      return undefined;
    }
    let begin;
    const turn = new Promise((resolve) => {
      begin = resolve;
    });
    this.#line.push(begin);
    try {
      return await unlessAborted(signal, turn);
    } catch (reason) {
      this.#leave(begin, turn);
      throw reason;
    }
  }

  /** @param {Left} [left] */
  give(left) {
    const begin = this.#line.shift();
    if (begin) {
      begin(left);
    } else {
      this.#free += 1;
      left?.end();
    }
  }

  /** Out of the line; a turn that was given in the same moment goes to the next. */
  #leave(begin, turn) {
    if (this.#line.includes(begin)) this.#line.splice(this.#line.indexOf(begin), 1);
    else turn.then((left) => this.give(left));
  }
}
