// The page, with each contender behind an `import()`, as an app loads it with the first file.
const contenders = {
  axios: () => import("./axios.js"),
  uppy: () => import("./uppy.js"),
  "divar-chat-media": () => import("./divar-chat-media.js"),
  // Compiled while it arrives: see site.js.
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
