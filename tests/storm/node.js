// The storm in Node, through its fetch. Run by `cargo xtask storm`.

import { storm } from "./storm.js";
import { announce, settings, show } from "./terminal.js";

const plan = {
  ...settings(),
  atOnce: 32,
  transports: [
    { name: "fetch", tells: false },
    { name: "stream", tells: true },
  ],
};
announce("Node", plan);
show(plan, await storm(plan));
