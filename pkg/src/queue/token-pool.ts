import { reasonOf } from "../abort.js";
import type { TokenFunction } from "../types/token.js";

/** How long a token is kept for a later upload, in milliseconds. Divar promises no lifetime. */
const TOKEN_LIFETIME = 60_000;

/** An upload that waits for a token. */
interface Waiter {
  resolve(token: string): void;
  reject(reason: unknown): void;
}

/**
 * The upload tokens of many files. One call runs at a time, however many files wait for it, and one
 * token is fetched ahead. Every token is given out once, since Divar does not promise that one serves
 * twice.
 */
export class TokenPool {
  #fetchToken: TokenFunction;
  #isMoreNeeded: () => boolean;
  #waiters = new Set<Waiter>();
  #spare: { token: string; expires: number } | undefined;
  #call: AbortController | undefined;

  /**
   * @param fetchToken the app's own function
   * @param isMoreNeeded whether files are waiting that will need a token
   */
  constructor(fetchToken: TokenFunction, isMoreNeeded: () => boolean) {
    this.#fetchToken = fetchToken;
    this.#isMoreNeeded = isMoreNeeded;
  }

  /** Resolves with a fresh token, or rejects with what the app's function threw. */
  take(signal: AbortSignal): Promise<string> {
    const token = new Promise<string>((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter);
        signal.removeEventListener("abort", abort);
      };
      const waiter: Waiter = {
        resolve: (token) => {
          leave();
          resolve(token);
        },
        reject: (reason) => {
          leave();
          reject(reason);
        },
      };
      const abort = () => {
        waiter.reject(reasonOf(signal));
        this.abortIfUnneeded();
      };
      this.#waiters.add(waiter);
      signal.addEventListener("abort", abort);
      this.#serve();
    });
    // An upload that has ended meanwhile no longer looks at it.
    token.catch(() => {});
    return token;
  }

  /** Aborts the pending call if nobody will need its token. */
  abortIfUnneeded(): void {
    if (this.#waiters.size > 0 || this.#isMoreNeeded()) return;
    this.#call?.abort();
    this.#call = undefined;
  }

  #serve(): void {
    const [first] = this.#waiters;
    if (first && this.#spare && this.#spare.expires > Date.now()) {
      first.resolve(this.#spare.token);
      this.#spare = undefined;
    }
    const isNeeded = this.#waiters.size > 0 || (!this.#spare && this.#isMoreNeeded());
    if (isNeeded && !this.#call) this.#fetch();
  }

  async #fetch(): Promise<void> {
    const controller = new AbortController();
    this.#call = controller;
    const call = async () => this.#fetchToken({ signal: controller.signal });
    const settle = await call().then(
      (token) => () => {
        this.#spare = { token, expires: Date.now() + TOKEN_LIFETIME };
        this.#serve();
      },
      (error) => () => {
        // If nobody waits, the token was fetched ahead; it is fetched again when it is needed.
        for (const waiter of [...this.#waiters]) waiter.reject(error);
      },
    );
    if (this.#call !== controller) return;
    this.#call = undefined;
    settle();
  }
}
