import { internalError } from "../errors/wasm-errors.js";
import type { CallStage } from "../types/error.js";

/** What the glue exports for the loader, beside the module's own functions. */
interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

type WasmFunction = (...args: unknown[]) => unknown;

/**
 * One instance of a module, with its glue and its pending calls. An exception inside of the module,
 * which only a defect of this package can cause, leaves its memory in an undefined state. The instance
 * is then dead: its pending calls fail and it is never entered again.
 */
export class WasmInstance<Exports> {
  #dead = false;
  #cause: unknown;
  #glue: Glue & Exports;
  #pending = new Set<() => void>();

  /** @param glue made for this instance alone */
  constructor(glue: unknown) {
    this.#glue = glue as Glue & Exports;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** What the module imports. */
  get imports(): WebAssembly.Imports {
    return { "./divar_chat_media_bg.js": this.#glue as unknown as WebAssembly.ModuleImports };
  }

  /** Connects the glue with the instantiated module. */
  connect({ exports }: WebAssembly.Instance): void {
    const guarded: WebAssembly.Exports = {};
    for (const [name, value] of Object.entries(exports)) {
      guarded[name] = typeof value === "function" ? this.#guard(value as WasmFunction) : value;
    }
    this.#glue.__wbg_set_wasm(guarded);
  }

  /** Calls an asynchronous function of the module. */
  run<Value>(stage: CallStage, method: (exports: Exports) => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(internalError(stage, this.#cause));
      if (this.#dead) return fail();
      this.#pending.add(fail);
      const call = async () => method(this.#glue);
      call()
        .then(resolve, reject)
        .finally(() => this.#pending.delete(fail));
    });
  }

  /** Calls a synchronous function of the module. */
  runNow<Value>(stage: CallStage, method: (exports: Exports) => Value): Value {
    try {
      const value = method(this.#glue);
      if (!this.#dead) return value;
    } catch (error) {
      if (!this.#dead) throw error;
    }
    throw internalError(stage, this.#cause);
  }

  /** The module is also called by promises and timers, where nobody would catch what it throws. */
  #guard(exported: WasmFunction): WasmFunction {
    return (...args) => {
      try {
        if (!this.#dead) return exported(...args);
      } catch (cause) {
        this.#die(cause);
      }
      return undefined;
    };
  }

  #die(cause: unknown): void {
    this.#dead = true;
    this.#cause = cause;
    for (const fail of this.#pending) fail();
    this.#pending.clear();
  }
}
