// What runs in the browser: the work of one contender or function, and its time.
import { inspectMedia, prepareMedia } from "divar-chat-media/prepare";
import { linearMemory } from "../harness/memory.js";
import { contenders } from "./contenders/index.js";

const chosen = (type) => [...document.getElementById(type).files];

let bytesRead = 0;
const { arrayBuffer } = Blob.prototype;
Blob.prototype.arrayBuffer = function () {
  bytesRead += this.size;
  return arrayBuffer.call(this);
};

const functions = {
  inspectMedia: (file) => inspectMedia(file),
  prepareMedia: (file) => prepareMedia(file, "video"),
};

globalThis.bench = {
  contenders: contenders.map(({ name }) => name),

  /** Sends all photographs by a contender, and returns the milliseconds. */
  async send(name, target) {
    const send = contenders.find((contender) => contender.name === name).start(target);
    const start = performance.now();
    await send(chosen("image"));
    return performance.now() - start;
  },

  /** What one of the functions needs for the chosen video, after the module has started. */
  async measure(name) {
    const [file] = chosen("video");
    await inspectMedia(new Blob(["x"]));
    const before = linearMemory();
    bytesRead = 0;
    const start = performance.now();
    await functions[name](file);
    const ms = performance.now() - start;
    return { ms, bytesRead, before, after: linearMemory() };
  },
};
