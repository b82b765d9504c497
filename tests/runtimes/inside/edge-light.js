// The edge runtime of Next.js and Vercel.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import * as prepare from "divar-chat-media/prepare";
import { runAll } from "./report.js";

globalThis.run = (collector) =>
  runAll({ main, edge, prepare, traits: { loadsParsers: false } }, collector);
