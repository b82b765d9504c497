// Counts what the package sets up, to see that it takes it all down again. Each
// count is begun before the package's first call, which is when it starts.

/**
 * Counts the package's timers that are set and neither cleared nor over. They
 * are told by the text that they hand to their function: Node's fetch sets
 * timers too, for the connections that it keeps.
 */
export function countTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const running = new Set();
  let made = 0;
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
    made += 1;
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    running.delete(timer);
    clearTimeout(timer);
  };
  return { made: () => made, left: () => running.size };
}

/**
 * Counts the functions that Rust has made for JavaScript and not freed: the
 * glue has each watched by a FinalizationRegistry, and no more once Rust frees
 * it. One that the garbage collector frees was forgotten, and is counted still.
 *
 * The glue's are told by the state that is both what is watched for and what
 * ends the watch: Node's fetch has functions watched too.
 */
export function countClosures() {
  const Registry = globalThis.FinalizationRegistry;
  const living = new Set();
  let made = 0;
  globalThis.FinalizationRegistry = class extends Registry {
    register(target, state, token) {
      if (typeof target === "function" && state === token) {
        living.add(state);
        made += 1;
      }
      super.register(target, state, token);
    }
    unregister(token) {
      living.delete(token);
      return super.unregister(token);
    }
  };
  return { made: () => made, left: () => living.size };
}

/** Counts who listens to the signals that are given to `watch`. */
export function countListeners() {
  const listening = new Set();
  let made = 0;
  const watch = (signal) => {
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (type, listener, ...rest) => {
      listening.add(listener);
      made += 1;
      addEventListener.call(signal, type, listener, ...rest);
    };
    signal.removeEventListener = (type, listener, ...rest) => {
      listening.delete(listener);
      removeEventListener.call(signal, type, listener, ...rest);
    };
    return signal;
  };
  return { watch, made: () => made, left: () => listening.size };
}

/** Node's fetch is WebAssembly in part, too: ours is told by wasm-bindgen's glue. */
const isOurs = (imports) =>
  Object.values(imports ?? {}).some((glue) =>
    Object.values(glue).some(({ name }) => name?.startsWith("__wb")),
  );

/** By what it is: wasm-opt has given it another name. */
const memoryOf = ({ exports }) =>
  Object.values(exports).find((value) => value instanceof WebAssembly.Memory);

/** Tells how many modules of the package have started, and their bytes of linear memory. */
export function watchModules() {
  const { instantiate } = WebAssembly;
  const memories = [];
  WebAssembly.instantiate = async (...values) => {
    const instance = await instantiate.apply(WebAssembly, values);
    if (isOurs(values[1])) memories.push(memoryOf(instance));
    return instance;
  };
  return {
    started: () => memories.length,
    bytes: () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
  };
}
