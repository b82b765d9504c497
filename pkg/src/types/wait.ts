/** How long a call may wait. */
export interface WaitOptions {
  /**
   * The longest wait for an answer after the last byte has been sent, in milliseconds. After it the
   * call rejects with `answer_timeout`. For an upload one second is added for each 16 KB of the file,
   * since the network may still hold bytes that the browser reports as sent.
   * @defaultValue 30,000, and 60,000 for an upload
   */
  answerTimeout?: number;
  /**
   * The longest time that the whole call may take, its retries included, in milliseconds. After it
   * the call rejects with `timeout`.
   * @defaultValue no limit
   */
  timeout?: number;
  /**
   * What to do while the platform reports that it is offline (`navigator.onLine`). `"try"` sends
   * anyway, since a server on the same machine may answer. `"wait"` waits until the platform is
   * online again, which uses no retry; `signal` and `timeout` end that wait, too.
   * @defaultValue `"try"`
   */
  whenOffline?: "try" | "wait";
  /** Ends the call at any moment. The call then rejects with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Replaces the platform's own `fetch`, for a service binding or a test.
   * @defaultValue the global `fetch`
   */
  fetch?: typeof globalThis.fetch;
}

/** How often a step that changes nothing when it is repeated is tried again. */
export interface RetryOptions {
  /**
   * How often to try again after a missing answer, a time limit, or HTTP 408, 425, 429, 500, 502, 503
   * and 504. The wait before a retry is random, up to 0.5 s, 1 s, 2 s, … and at most 20 s, or as long
   * as `Retry-After` says, unless that is more than a minute. All calls share a budget of 20 retries,
   * and each success returns half a retry to it, so that a server that is down is not flooded.
   * @defaultValue 3
   */
  retries?: number;
}
