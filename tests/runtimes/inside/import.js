// Node, Deno and Bun, by import.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import * as prepare from "divar-chat-media/prepare";
import { runAll } from "./report.js";

const traits = { takesAhead: "Bun" in globalThis };

await runAll({ main, edge, prepare, traits }, process.env.DIVAR_COLLECTOR);
