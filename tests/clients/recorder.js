// A proxy that keeps each request as it came over the wire, and forwards it.
import { createServer, request } from "node:http";
import { listen } from "../support/server.js";

/** @returns the address of a proxy of `target`, and the requests in order */
export async function record(target) {
  const recorded = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method, url, rawHeaders } = incoming;
    const chunks = await incoming.toArray();
    const seen = { method, path: url, headers: rawHeaders, body: Buffer.concat(chunks) };
    recorded.push(seen);
    try {
      const { status, headers, body } = await send(target, seen);
      outgoing.writeHead(status, headers).end(body);
    } catch (error) {
      outgoing.writeHead(502).end(String(error));
    }
  });
  const { url: address, close } = await listen(server);
  return { address, recorded, close };
}

/** Sends a request with these very headers and bytes. */
export function send(target, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const outgoing = request(target + path, { method, headers }, async (answer) => {
      const { statusCode: status, rawHeaders } = answer;
      const chunks = await answer.toArray().catch(reject);
      if (chunks) resolve({ status, headers: rawHeaders, body: Buffer.concat(chunks) });
    });
    outgoing.on("error", reject).end(body);
  });
}
