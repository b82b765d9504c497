// What runs in the browser: one contender's uploads, and their time.
import { linearMemory } from "../harness/memory.js";
import { contenders } from "./contenders/index.js";

globalThis.bench = {
  contenders: contenders.map(({ name }) => name),
  linearMemory,

  /**
   * Uploads what the input of the target's type has, or its first `count` files, and returns the
   * milliseconds.
   */
  async run(name, target, count = Number.POSITIVE_INFINITY) {
    const files = [...document.getElementById(target.type).files].slice(0, count);
    const upload = contenders.find((contender) => contender.name === name).start(target);
    const start = performance.now();
    const tokens = await upload(files);
    const ms = performance.now() - start;
    const uploaded = new Set(tokens.filter((token) => typeof token === "string")).size;
    if (uploaded !== files.length) throw new Error(`${uploaded} of ${files.length} files uploaded`);
    return ms;
  },
};
