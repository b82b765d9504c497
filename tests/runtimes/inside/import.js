// Node, Deno and Bun, by import.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import { runAll } from "./report.js";

await runAll({ main, edge }, process.env.DIVAR_COLLECTOR);
