// Counters of what the package sets up, to see that it removes all of it. Each starts before the
// package's first call, in which the module starts.

/** Whether a function is a closure of the module's. */
const isRustClosure = (handler) => typeof handler === "function" && "_wbg_cb_unref" in handler;

/**
 * Counts the package's timers that are set and neither cleared nor expired. Their functions are Rust
 * closures, which wasm-bindgen's glue marks; Node's fetch sets timers too, for the connections that it
 * keeps.
 */
export function countTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const running = new Set();
  let made = 0;
  globalThis.setTimeout = (handler, ...rest) => {
    if (!isRustClosure(handler)) return setTimeout(handler, ...rest);
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
 * Counts the classes and closures that Rust made for JavaScript and did not free. The glue registers
 * each with a FinalizationRegistry and unregisters it when it is freed. One that the garbage collector
 * frees was forgotten, and is counted still.
 *
 * The glue unregisters a class by the object itself and a closure by its state, which distinguishes them from
 * what Node's fetch registers.
 */
export function countObjects() {
  const Registry = globalThis.FinalizationRegistry;
  const alive = new Set();
  let made = 0;
  globalThis.FinalizationRegistry = class extends Registry {
    register(target, state, token) {
      if (token !== undefined && (target === token || state === token)) {
        alive.add(token);
        made += 1;
      }
      super.register(target, state, token);
    }
    unregister(token) {
      alive.delete(token);
      return super.unregister(token);
    }
  };
  return { made: () => made, left: () => alive.size };
}

/** Counts the listeners of the signals that `watch` gets. */
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

/** Node's fetch is WebAssembly in part, too: ours imports its glue under the crate's name. */
const isOurs = (imports) =>
  Object.keys(imports ?? {}).some((name) => name.includes("divar_chat_media"));

/** By what it is: wasm-opt may have given it another name. */
const memoryOf = ({ exports }) =>
  Object.values(exports).find((value) => value instanceof WebAssembly.Memory);

/** Measures the linear memory of the package's modules, in bytes. */
export function watchModules() {
  const { instantiate } = WebAssembly;
  const memories = [];
  WebAssembly.instantiate = async (...values) => {
    const instance = await instantiate.apply(WebAssembly, values);
    if (isOurs(values[1])) memories.push(memoryOf(instance));
    return instance;
  };
  return {
    bytes: () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
  };
}
