import { wasmUnavailable } from "../errors/wasm-errors.js";
import type { CallStage } from "../types/error.js";
import { WasmInstance } from "./instance.js";
import { type TextCoding, textCoding } from "./text-coding.js";

/** Where a module comes from. */
export interface WasmSource {
  /** Makes the glue of one instance. */
  createGlue(coding: TextCoding): unknown;
  /** Compiles the module, or gives one that is compiled. */
  compile(): WebAssembly.Module | Promise<WebAssembly.Module>;
  /**
   * The same for a synchronous function. Browsers before Chrome 96 refuse this for modules of more
   * than 4 KB on the main thread, unless an asynchronous call has started the module before.
   */
  compileNow(): WebAssembly.Module;
}

/**
 * Starts a module at the first call, so that an import costs nothing and no init function is needed,
 * and starts it again after a trap.
 */
export class WasmLoader<Exports> {
  #source: WasmSource;
  #instance: WasmInstance<Exports> | undefined;
  #starting: Promise<WasmInstance<Exports>> | undefined;

  constructor(source: WasmSource) {
    this.#source = source;
  }

  /**
   * Calls an asynchronous function of the module.
   *
   * @param stage the step to name in an error of the module itself
   */
  async call<Value>(
    stage: CallStage,
    method: (exports: Exports) => Promise<Value>,
  ): Promise<Value> {
    const instance = this.#running() ?? (await this.#startOnce(stage));
    return instance.run(stage, method);
  }

  /** Calls a synchronous function of the module. */
  callNow<Value>(stage: CallStage, method: (exports: Exports) => Value): Value {
    const instance = this.#running() ?? this.#startNow(stage);
    return instance.runNow(stage, method);
  }

  #running(): WasmInstance<Exports> | undefined {
    return this.#instance?.isDead ? undefined : this.#instance;
  }

  async #startOnce(stage: CallStage): Promise<WasmInstance<Exports>> {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    try {
      return await this.#starting;
    } catch (cause) {
      throw wasmUnavailable(stage, cause);
    }
  }

  async #start(): Promise<WasmInstance<Exports>> {
    const module = await this.#source.compile();
    const instance = this.#createInstance();
    instance.connect(await WebAssembly.instantiate(module, instance.imports));
    // A synchronous call may have started another one meanwhile.
    this.#instance = this.#running() ?? instance;
    return this.#instance;
  }

  #startNow(stage: CallStage): WasmInstance<Exports> {
    try {
      const module = this.#source.compileNow();
      const instance = this.#createInstance();
      instance.connect(new WebAssembly.Instance(module, instance.imports));
      this.#instance = instance;
      return instance;
    } catch (cause) {
      throw wasmUnavailable(stage, cause);
    }
  }

  #createInstance(): WasmInstance<Exports> {
    return new WasmInstance<Exports>(this.#source.createGlue(textCoding()));
  }
}
