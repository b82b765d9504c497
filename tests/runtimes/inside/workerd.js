// workerd: each case in a request of its own, since no request may touch what
// another one opened.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import * as prepare from "divar-chat-media/prepare";
import { runCase } from "./report.js";

export default {
  async fetch(request) {
    const { name, collector } = await request.json();
    await runCase(name, { main, edge, prepare, traits: { loadsParsers: false } }, collector);
    return new Response();
  },
};
