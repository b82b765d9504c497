// What runs in the page. Each contender is loaded by `import()`, as an app does with the first file.
const contenders = {
  axios: () => import("./contenders/axios.js"),
  uppy: () => import("./contenders/uppy.js"),
  "divar-chat-media": () => import("./contenders/divar-chat-media.js"),
  // Vite does not build it: site.js serves it.
  streamed: () => import(/* @vite-ignore */ "/streamed.js"),
};

/** The milliseconds from `import` to the answer of the first call. */
globalThis.start = async (name, first) => {
  const start = performance.now();
  const module = await contenders[name]();
  const ready = await module[first]();
  const ms = performance.now() - start;
  if (ready !== true) throw new Error(`${name} is not ready`);
  return ms;
};
