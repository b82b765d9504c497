import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env.js";

/** The platform's quota per minute. One object, since the quota is the key's and not a broadcast's. */
export class RateLimit extends DurableObject<Env> {
  /**
   * Takes the next turn to send, if it has come. Turns are spread over the minute.
   *
   * @returns 0, or how many milliseconds to wait before asking again
   */
  take(): number {
    const now = Date.now();
    const wait = this.#next() - now;
    if (wait > 0) return wait;
    this.ctx.storage.kv.put("next", now + 60_000 / Number(this.env.MESSAGES_PER_MINUTE));
    return 0;
  }

  /** Gives nobody a turn for this many milliseconds, as Divar's `Retry-After` asks. */
  pause(ms: number): void {
    this.ctx.storage.kv.put("next", Math.max(this.#next(), Date.now() + ms));
  }

  #next(): number {
    return this.ctx.storage.kv.get<number>("next") ?? 0;
  }
}
