import * as glue from "./dist/divar_chat_media_bg.js";
import { DivarMediaError } from "./error.js";

const imports = { "./divar_chat_media_bg.js": glue };

/**
 * Starts the module at the first call, so that importing costs nothing and no
 * one has to call an init function.
 *
 * @param {() => WebAssembly.Module | Promise<WebAssembly.Module>} compile
 * @param {() => WebAssembly.Module} compileNow for the one function that
 *   cannot wait; browsers before Chrome 96 refuse it on the main thread, where
 *   any earlier call has already started the module
 */
export function connect(compile, compileNow) {
  let running = false;
  let starting;

  const run = ({ exports }) => {
    if (running) return;
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start?.();
    running = true;
  };
  const start = async () => run(await WebAssembly.instantiate(await compile(), imports));
  const startNow = () => run(new WebAssembly.Instance(compileNow(), imports));

  return {
    /** Calls one of the module's asynchronous functions. */
    async call(stage, method, ...args) {
      if (!running) {
        starting ??= start().finally(() => {
          starting = undefined;
        });
        await starting.catch((cause) => {
          throw unavailable(stage, cause);
        });
      }
      return method(...args);
    },

    /** Calls one of the module's synchronous functions. */
    callNow(stage, method, ...args) {
      try {
        if (!running) startNow();
      } catch (cause) {
        throw unavailable(stage, cause);
      }
      return method(...args);
    },
  };
}

const unavailable = (stage, cause) =>
  new DivarMediaError(
    "WebAssembly does not start here: the page's policy needs script-src 'wasm-unsafe-eval'",
    cause,
    {
      code: "wasm_unavailable",
      stage,
      retryable: false,
      deliveryUnknown: false,
      userMessage: {
        fa: "این مرورگر نتوانست فایل را بفرستد. آن را به‌روز کنید.",
        en: "This browser could not send the file. Please update it.",
      },
    },
  );
