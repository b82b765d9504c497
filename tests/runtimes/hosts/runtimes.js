// Every runtime that the cases run in, in the table's order.
import { chromium, chromium92, firefox } from "./browsers.js";
import { edgeLight } from "./edge-light.js";
import { bun, currentNode, deno, nodeByImport, nodeByRequire } from "./processes.js";
import { workerd } from "./workerd.js";

export const runtimes = {
  "node-import": nodeByImport,
  "node-require": nodeByRequire,
  "node-current": currentNode,
  deno,
  bun,
  workerd,
  "edge-light": edgeLight,
  "chromium-page": () => chromium("page"),
  "chromium-worker": () => chromium("worker"),
  "chromium-service-worker": () => chromium("service worker"),
  "chromium-92-page": () => chromium92("page"),
  "firefox-page": () => firefox("page"),
  "firefox-worker": () => firefox("worker"),
  "firefox-service-worker": () => firefox("service worker"),
};
