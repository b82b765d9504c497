import { failure } from "./error.js";

/**
 * Starts the module at the first call, so that importing costs nothing and no
 * one has to call an init function; and starts it anew should it ever trap.
 *
 * @param {() => object} makeGlue what the module imports, made anew for each instance
 * @param {() => WebAssembly.Module | Promise<WebAssembly.Module>} compile
 * @param {() => WebAssembly.Module} compileNow for the one function that
 *   cannot wait; browsers before Chrome 96 refuse it on the main thread, where
 *   any earlier call has already started the module
 */
export function connect(makeGlue, compile, compileNow) {
  let current;
  let starting;

  const start = async () => {
    const module = await compile();
    const instance = new Instance(makeGlue());
    instance.enter(await WebAssembly.instantiate(module, instance.imports));
    current ??= instance;
  };
  const startNow = () => {
    const instance = new Instance(makeGlue());
    instance.enter(new WebAssembly.Instance(compileNow(), instance.imports));
    current = instance;
  };

  return {
    /** Calls one of the module's asynchronous functions. */
    async call(stage, method) {
      if (current?.dead) current = undefined;
      if (!current) {
        starting ??= start().finally(() => {
          starting = undefined;
        });
        await starting.catch((cause) => {
          throw unavailable(stage, cause);
        });
      }
      return current.run(stage, method);
    },

    /** Calls one of the module's synchronous functions. */
    callNow(stage, method) {
      if (current?.dead) current = undefined;
      try {
        if (!current) startNow();
      } catch (cause) {
        throw unavailable(stage, cause);
      }
      return current.runNow(stage, method);
    },
  };
}

/**
 * One instance of the module, with its glue and the calls that it has under
 * way. An exception that passes through the module, which only a defect of ours
 * can cause, leaves its memory in disorder: from then on it is dead, its calls
 * fail, and nothing enters it any more.
 */
class Instance {
  dead = false;
  #cause;
  #glue;
  #pending = new Set();

  constructor(glue) {
    this.#glue = glue;
  }

  get imports() {
    return this.#glue.imports;
  }

  enter({ exports }) {
    const guarded = Object.entries(exports).map(([name, value]) => [name, this.#guard(value)]);
    const wasm = Object.fromEntries(guarded);
    this.#glue.__wbg_set_wasm(wasm);
  }

  run(stage, method) {
    return new Promise((resolve, reject) => {
      const fail = (cause) => reject(internal(stage, cause));
      const and = (settle) => (value) => {
        this.#pending.delete(fail);
        settle(value);
      };
      this.#pending.add(fail);
      method(this.#glue).then(and(resolve), and(reject));
    });
  }

  runNow(stage, method) {
    try {
      const value = method(this.#glue);
      if (!this.dead) return value;
    } catch (error) {
      if (!this.dead) throw error;
    }
    throw internal(stage, this.#cause);
  }

  /** Its callers are promises and timers: what it threw would reach no one. */
  #guard(value) {
    if (typeof value !== "function") return value;
    return (...args) => {
      if (this.dead) return;
      try {
        return value(...args);
      } catch (cause) {
        this.#die(cause);
      }
    };
  }

  #die(cause) {
    this.dead = true;
    this.#cause = cause;
    for (const fail of this.#pending) fail(cause);
    this.#pending.clear();
  }
}

const unavailable = (stage, cause) =>
  failure(
    "WebAssembly does not start here: the page's policy needs script-src 'wasm-unsafe-eval'",
    cause,
    { code: "wasm_unavailable", stage },
  );

const internal = (stage, cause) => {
  const deliveryUnknown = stage === "message";
  return failure("a defect of divar-chat-media; please report it", cause, {
    code: "internal",
    stage,
    retryable: !deliveryUnknown,
    deliveryUnknown,
  });
};
