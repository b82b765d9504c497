// What the package sets up while uploads are sent, counted from before its first call on.
import { countListeners, countObjects, countTimers, watchModules } from "./count.js";

/** Turns of the event loop in which what is over may be freed. */
const TURNS = 100;

/** What a module keeps for all calls: wasm-bindgen-futures has one closure for its queue. */
const KEPT = { timers: 0, listeners: 0, objects: 1 };

/** Begins to count. */
export function setStage() {
  const counts = { timers: countTimers(), listeners: countListeners(), objects: countObjects() };
  const each = (which) => {
    const told = Object.entries(counts).map(([name, count]) => [name, count[which]()]);
    return Object.fromEntries(told);
  };
  return {
    /** Counts who listens to this signal, and gives it back. */
    watch: counts.listeners.watch,
    /** The bytes of linear memory. */
    memory: watchModules().bytes,
    made: () => each("made"),
    atTheEnd: () => atTheEnd(each),
  };
}

/**
 * What was made, what is left of it after some turns in which the last may be
 * freed, and a complaint of each that is.
 */
async function atTheEnd(each) {
  const remain = () => Object.entries(each("left")).filter(([what, many]) => many !== KEPT[what]);
  for (let turn = 0; turn < TURNS && remain().length > 0; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  const complaints = remain().map(([what, many]) => `${many} ${what} left`);
  return { made: each("made"), left: each("left"), complaints };
}
