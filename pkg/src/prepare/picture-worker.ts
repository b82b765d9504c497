// A worker that draws pictures again that the browser decodes.
import { redraw } from "./redraw.js";
import { serveRedraws } from "./worker-server.js";

serveRedraws(redraw);
