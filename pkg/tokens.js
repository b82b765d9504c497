/** How long a token is kept for a later upload, in milliseconds: how long they live is not promised. */
const KEPT = 60_000;

/**
 * The upload tokens of many files: one call at a time, however many wait for it, and one token ahead
 * of need. Every token is handed out once, since none is promised to serve twice.
 */
export class TokenLine {
  #get;
  #isMoreNeeded;
  #waiters = new Set();
  #spare;
  #call;

  /**
   * @param {(context: { signal: AbortSignal }) => string | Promise<string>} get The app's own.
   * @param {() => boolean} isMoreNeeded Whether a further upload will want a token.
   */
  constructor(get, isMoreNeeded) {
    this.#get = get;
    this.#isMoreNeeded = isMoreNeeded;
  }

  /** A token that no one else gets. What the app's function throws is thrown to all who wait. */
  take(signal) {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter);
        signal.removeEventListener("abort", abandon);
      };
      const settle = (settler) => (value) => {
        leave();
        settler(value);
      };
      const waiter = { resolve: settle(resolve), reject: settle(reject) };
      const abandon = () => {
        waiter.reject(signal.reason);
        this.endIfUnwanted();
      };
      this.#waiters.add(waiter);
      signal.addEventListener("abort", abandon);
      this.#serve();
    });
  }

  /** Ends the call under way where no one will want what it gives. */
  endIfUnwanted() {
    if (this.#waiters.size > 0 || this.#isMoreNeeded()) return;
    this.#call?.abort();
    this.#call = undefined;
  }

  #serve() {
    const [first] = this.#waiters;
    if (first && this.#spare?.until > Date.now()) {
      first.resolve(this.#spare.token);
      this.#spare = undefined;
    }
    const isWanted = this.#waiters.size > 0 || (!this.#spare && this.#isMoreNeeded());
    if (isWanted && !this.#call) this.#fetch();
  }

  async #fetch() {
    const call = new AbortController();
    this.#call = call;
    const get = async () => this.#get({ signal: call.signal });
    const outcome = await get().then(
      (token) => ({ token }),
      (error) => ({ error }),
    );
    if (this.#call !== call) return;
    this.#call = undefined;
    if ("token" in outcome) {
      this.#spare = { token: outcome.token, until: Date.now() + KEPT };
      this.#serve();
      return;
    }
    // Where no one waits, the token was fetched ahead: it is asked for again when it is needed.
    for (const waiter of [...this.#waiters]) waiter.reject(outcome.error);
  }
}
