// The scenarios in Node, through its fetch. Run by `cargo xtask storm`.
import { runScenarios } from "./run.js";
import { announce, settings, show } from "./terminal.js";

const plan = {
  ...settings(),
  concurrency: 32,
  transports: [
    { name: "fetch", reportsProgress: false },
    { name: "stream", reportsProgress: true },
  ],
};
announce("Node", plan);
show(plan, await runScenarios(plan));
