// Every runtime that the cases run in, in the order of the tables.
import { chromium, chromium92, firefox } from "./browsers.js";
import { edgeLight } from "./edge-light.js";
import { bun, currentNode, deno, nodeByImport, nodeByRequire } from "./processes.js";
import { workerd } from "./workerd.js";

export const servers = {
  "Node in PATH, import": nodeByImport,
  "Node in PATH, require": nodeByRequire,
  "current Node": currentNode,
  Deno: deno,
  Bun: bun,
  workerd,
  "edge-light": edgeLight,
};

export const browsers = {
  "Chromium, page": () => chromium("page"),
  "Chromium, worker": () => chromium("worker"),
  "Chromium, service worker": () => chromium("service worker"),
  "Chromium 92, page": () => chromium92("page"),
  "Firefox, page": () => firefox("page"),
  "Firefox, worker": () => firefox("worker"),
  "Firefox, service worker": () => firefox("service worker"),
};
