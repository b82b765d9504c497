// The edge runtime of Next.js.
import { type EdgeFunctions, edgeFunctions } from "./edge-functions.js";
import { server } from "./wasm/server.edge-light.js";

const functions: EdgeFunctions = edgeFunctions(server);
export const { createMediaHandler, getUploadToken, sendMediaMessage } = functions;
