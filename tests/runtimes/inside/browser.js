// A page, a web worker or a service worker: the same script finds out where it is.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import * as prepare from "divar-chat-media/prepare";
import { runAll } from "./report.js";

const isServiceWorker = "registration" in globalThis;
const traits = {
  isPage: "document" in globalThis,
  hasLocation: true,
  seesBytesMove: !isServiceWorker,
  streamsBodies: false,
  draws: true,
};
const run = () => runAll({ main, edge, prepare, traits }, location.origin);

if (isServiceWorker) {
  // Without an event under way a browser ends a service worker.
  addEventListener("message", (event) => event.waitUntil(run()));
} else {
  run();
}
