// workerd (Cloudflare Workers).
import { type EdgeFunctions, edgeFunctions } from "./edge-functions.js";
import { server } from "./wasm/server.workerd.js";

const functions: EdgeFunctions = edgeFunctions(server);
export const { createMediaHandler, getUploadToken, sendMediaMessage } = functions;
