import { ANSWER_TIMEOUT, STALLED, TIMEOUT } from "../error.js";

/** The longest that a timer can run in a browser: a larger number would fire at once. */
const LONGEST = 2 ** 31 - 1;

const timer = (close, milliseconds, number) =>
  setTimeout(close, Math.max(0, Math.min(milliseconds, LONGEST)), number);

/** The numbers of what is no deadline: a pause that is over, or a network that is there; the signal. */
export const PASSED = -1;
const ABORTED = -2;

const DEADLINES = {
  [STALLED]: "no byte moved for too long",
  [ANSWER_TIMEOUT]: "the answer took too long",
  [TIMEOUT]: "the call took too long",
};

/**
 * What ends a wait early: the caller's signal, and timers. Each of them closes the gate for a
 * number, the first one for good; the numbers of deadlines are those of their codes.
 *
 * @param {AbortSignal | undefined} signal
 * @param {number | undefined} endsAt when the call ends, in milliseconds since 1970
 */
export const gate = (signal, endsAt) => {
  let stop;
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  let why = 0;
  const close = (number) => {
    why ||= number;
    end();
  };
  const abort = () => close(ABORTED);
  const online = () => close(PASSED);
  let last;
  const total = endsAt && timer(close, endsAt - Date.now(), TIMEOUT);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  return {
    /** For what is to end if the gate closes before; made when it is asked for, since that takes time. */
    get signal() {
      stop ??= new AbortController();
      return stop.signal;
    },
    /** Closes the gate for this number after so long, in place of what the last call said. */
    begin(number, milliseconds) {
      const before = last;
      last = timer(close, milliseconds, number);
      clearTimeout(before);
    },
    /** Closes the gate when the platform is online. */
    awaitOnline() {
      globalThis.addEventListener("online", online);
    },
    /** What `work` comes to, unless the gate closes before. */
    race: (work) => Promise.race(work ? [work, ended] : [ended]),
    /**
     * What there is in place of an outcome where the gate is closed, if it is; the signal's reason is
     * thrown, or what stands for it where signals have none (Chrome before 98). What was begun under
     * the gate's own signal ends.
     */
    late() {
      if (signal?.aborted) why = ABORTED;
      if (!why || why === PASSED) return;
      stop?.abort();
      if (why === ABORTED) throw signal.reason ?? new DOMException("aborted", "AbortError");
      return { code: why, words: DEADLINES[why] };
    },
    /** Lets go of timers and listeners. */
    leave() {
      clearTimeout(last);
      clearTimeout(total);
      signal?.removeEventListener("abort", abort);
      globalThis.removeEventListener?.("online", online);
    },
  };
};

/** Whether the platform says that there is no network; servers and edge runtimes never do. */
export const isOffline = () => globalThis.navigator?.onLine === false;
