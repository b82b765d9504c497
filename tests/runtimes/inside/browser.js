// A page, a web worker or a service worker: the same script finds out where it is.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import * as prepare from "divar-chat-media/prepare";
import { runAll } from "./report.js";

const isServiceWorker = "registration" in globalThis;
const isPage = "document" in globalThis;
const isChromium92 = /Chrome\/92\./.test(navigator.userAgent);
const traits = {
  isBrowser: true,
  hasLocation: true,
  seesBytesMove: !isServiceWorker,
  streamsBodies: false,
  draws: true,
  loadsParsers: !isServiceWorker,
  compilesAtOnce: !(isPage && isChromium92),
  signalsHaveReasons: !isChromium92,
};
const run = () => runAll({ main, edge, prepare, traits }, location.origin);

if (isServiceWorker) {
  // Without an event under way a browser ends a service worker.
  addEventListener("message", (event) => event.waitUntil(run()));
} else {
  run();
}
