// What runs in the browser: one contender's uploads, and the clock.

import { contenders } from "./contenders.js";
import { linearMemory } from "./memory.js";

globalThis.bench = {
  contenders: Object.keys(contenders),
  linearMemory,

  /**
   * Has a contender upload what the input of the target's type holds, or the
   * first `count` files of it, and gives the milliseconds that it took.
   */
  async run(name, target, count = Number.POSITIVE_INFINITY) {
    const files = [...document.getElementById(target.type).files].slice(0, count);
    const upload = contenders[name](target);
    const begun = performance.now();
    const tokens = await upload(files);
    const took = performance.now() - begun;
    const given = new Set(tokens.filter((token) => typeof token === "string")).size;
    if (given !== files.length) throw new Error(`${given} of ${files.length} files were taken`);
    return took;
  },
};
