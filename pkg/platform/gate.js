/**
 * What ends a wait early: the caller's signal, and timers. Each of them closes the gate for a
 * number, the first one for good.
 *
 * @param {AbortSignal | undefined} signal its own number is 2
 * @param {number | undefined} endsAt when the call ends, in milliseconds since 1970; its number is 5
 */
export const gate = (signal, endsAt) => {
  const stop = new AbortController();
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  let why = 0;
  const close = (number) => {
    why ||= number;
    end();
  };
  const abort = () => close(2);
  const online = () => close(1);
  let timer;
  const total = endsAt && setTimeout(close, Math.max(0, endsAt - Date.now()), 5);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  return {
    signal: stop.signal,
    /** Closes the gate for this number after so long, in place of what the last call said. */
    begin(number, milliseconds) {
      const last = timer;
      timer = setTimeout(close, milliseconds, number);
      clearTimeout(last);
    },
    /** Closes the gate when the platform is online. */
    awaitOnline() {
      globalThis.addEventListener("online", online);
    },
    /** What `work` comes to, unless the gate closes before. */
    race: (work) => Promise.race(work ? [work, ended] : [ended]),
    /** Why the gate is closed, or 0. What was begun under its signal ends. */
    why() {
      if (signal?.aborted) why = 2;
      if (why > 1) stop.abort();
      return why;
    },
    /** The signal's reason, or what stands for it where signals have none (Chrome before 98). */
    reason: () => signal.reason ?? new DOMException("aborted", "AbortError"),
    /** Lets go of timers and listeners. */
    leave() {
      clearTimeout(timer);
      clearTimeout(total);
      signal?.removeEventListener("abort", abort);
      globalThis.removeEventListener?.("online", online);
    },
  };
};

/** Whether the platform says that there is no network; servers and edge runtimes never do. */
export const isOffline = () => globalThis.navigator?.onLine === false;
