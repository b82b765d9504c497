// Waits that have a limit. They run in every runtime.

/** Longer than anything here takes on a busy machine, in milliseconds. */
const TIMEOUT = 20_000;
const INTERVAL = 10;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until a condition holds, which is looked at every 10 ms.
 *
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} timeout the longest wait, in milliseconds
 */
export async function until(condition, timeout = TIMEOUT) {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`not within ${timeout} ms: ${condition}`);
    }
    await pause(INTERVAL);
  }
}

/**
 * Settles as `promise` does, or is rejected after `timeout` milliseconds.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} timeout
 * @returns {Promise<T>}
 */
export function withTimeout(promise, timeout) {
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(reject, timeout, new Error(`it did not settle within ${timeout} ms`));
  });
  return Promise.race([promise, expired]).finally(() => clearTimeout(timer));
}
