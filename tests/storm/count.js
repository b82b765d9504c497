// Counts what the package sets up, to see that it takes it all down again.

/**
 * Counts the package's timers that are set and neither cleared nor over; begin
 * before it starts. Its own are told by the text that they hand to their
 * function: Node's fetch sets timers too, for the connections that it keeps.
 */
export function countTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const running = new Set();
  globalThis.setTimeout = (handler, ...rest) => {
    if (typeof rest[1] !== "string") return setTimeout(handler, ...rest);
    const timer = setTimeout(
      (...values) => {
        running.delete(timer);
        handler(...values);
      },
      ...rest,
    );
    running.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    running.delete(timer);
    clearTimeout(timer);
  };
  return { left: () => running.size, real: { setTimeout, clearTimeout } };
}

/** A signal that counts its own listeners. */
export function countedSignal() {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...values) => {
    listeners += 1;
    addEventListener.apply(signal, values);
  };
  signal.removeEventListener = (...values) => {
    listeners -= 1;
    removeEventListener.apply(signal, values);
  };
  return { signal, left: () => listeners };
}
