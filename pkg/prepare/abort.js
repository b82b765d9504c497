/**
 * What to throw once `signal` is aborted. Browsers before 2022 keep no reason.
 *
 * @param {AbortSignal} signal
 */
export const reasonOf = (signal) =>
  signal.reason ?? new DOMException("The operation was aborted", "AbortError");

/** @param {AbortSignal} [signal] */
export const throwIfAborted = (signal) => {
  if (signal?.aborted) throw reasonOf(signal);
};

/**
 * Settles as `promise` does, or rejects with the signal's reason as soon as that is aborted.
 *
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function unlessAborted(signal, promise) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    const forget = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).then(forget);
    if (signal.aborted) abort();
  });
}
