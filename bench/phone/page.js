// What runs in the browser: one contender's work, and its time.
import { contenders } from "./contenders/index.js";

const chosen = (type) => [...document.getElementById(type).files];
const named = (name) => contenders.find((contender) => contender.name === name);

async function time(work) {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

globalThis.bench = {
  contenders: contenders.map(({ name }) => name),

  /** Decodes the photographs one after the other; gives the milliseconds of each. */
  async decode(name) {
    const times = [];
    for (const file of chosen("image")) {
      const { ms, result } = await time(() => named(name).toJpeg(file));
      if (result.type !== "image/jpeg") throw new Error(`${name} made ${result.type}`);
      times.push(ms);
    }
    return times;
  },

  /** Sends all files of the target's type; gives the milliseconds. */
  async send(name, target) {
    const send = named(name).start(target);
    const { ms } = await time(() => send(chosen(target.type)));
    return ms;
  },
};
