// A worker that draws HEIC pictures again that the browser does not decode.
import { redrawHeic } from "./heic-decoder.js";
import { serveRedraws } from "./worker-server.js";

serveRedraws(redrawHeic);
