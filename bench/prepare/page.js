// What runs in the browser: one contender's work, or one function's, and the clock.

import { inspectMedia, prepareMedia } from "divar-chat-media/prepare";
import { linearMemory } from "../memory.js";
import { contenders } from "./contenders.js";

const chosen = (type) => [...document.getElementById(type).files];

let read = 0;
const { arrayBuffer } = Blob.prototype;
Blob.prototype.arrayBuffer = function () {
  read += this.size;
  return arrayBuffer.call(this);
};

const functions = {
  inspectMedia: (file) => inspectMedia(file),
  prepareMedia: (file) => prepareMedia(file, "video"),
};

globalThis.bench = {
  contenders: Object.keys(contenders),

  /** Has a contender send all photographs, and gives the milliseconds that it took. */
  async send(name, target) {
    const send = contenders[name](target);
    const begun = performance.now();
    await send(chosen("image"));
    return performance.now() - begun;
  },

  /** What one of the functions takes for the chosen film. The module has started before. */
  async look(name) {
    const [file] = chosen("video");
    const work = functions[name];
    await inspectMedia(new Blob(["x"]));
    const memory = { before: linearMemory() };
    read = 0;
    const begun = performance.now();
    await work(file);
    const took = performance.now() - begun;
    memory.after = linearMemory();
    return { took, read, memory };
  },
};
