// What the package sets up while uploads are sent, counted from before its first call on.
import { countListeners, countObjects, countTimers, watchModules } from "./counters.js";

/** Turns of the event loop in which the last objects may be freed. */
const TURNS = 100;

/** What a module keeps for all calls: wasm-bindgen-futures has one closure for its queue. */
const KEPT = { timers: 0, listeners: 0, objects: 1 };

export function startInstrumentation() {
  const counters = { timers: countTimers(), listeners: countListeners(), objects: countObjects() };
  const each = (which) =>
    Object.fromEntries(Object.entries(counters).map(([name, counter]) => [name, counter[which]()]));
  return {
    /** Counts the listeners of this signal, and returns it. */
    watch: counters.listeners.watch,
    /** The bytes of linear memory. */
    memory: watchModules().bytes,
    made: () => each("made"),
    finish: () => finish(each),
  };
}

/** What was made, what is left of it after some turns, and a problem for each kind that is left. */
async function finish(each) {
  const remaining = () =>
    Object.entries(each("left")).filter(([what, count]) => count !== KEPT[what]);
  for (let turn = 0; turn < TURNS && remaining().length > 0; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  const problems = remaining().map(([what, count]) => `${count} ${what} left`);
  return { made: each("made"), left: each("left"), problems };
}
