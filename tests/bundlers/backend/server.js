// An app's own server: the README's worker at /divar/, and a built page under a strict policy.
import { createServer } from "node:http";
import sirv from "sirv";
import { emulatorAddress } from "../../support/emulator.js";
import { listen } from "../../support/server.js";
import worker from "./worker.js";

const { url: emulator, key: DIVAR_API_KEY } = emulatorAddress();

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `connect-src 'self' ${emulator}`,
].join("; ");

/** @param {string} folder of the built page */
export async function serve(folder) {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    response.setHeader("Content-Security-Policy", POLICY);
    if (request.url.startsWith("/divar/")) work(request, response);
    else files(request, response);
  });
  return listen(server);
}

/** Hands Node's request to the worker, and the worker's answer to Node. */
async function work(request, response) {
  const { method, headers, url } = request;
  const body = Buffer.concat(await request.toArray());
  const asked = new Request(new URL(url, `http://${headers.host}`), {
    method,
    headers,
    body: body.length > 0 ? body : undefined,
  });
  try {
    const answer = await worker.fetch(asked, { DIVAR_API_KEY });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}
