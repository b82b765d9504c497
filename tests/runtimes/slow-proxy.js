// A proxy or VPN that takes all bytes at once and sends them on slowly.
import { connect, createServer } from "node:net";
import { listen } from "../support/server.js";

/** How often it sends on, in milliseconds. */
const INTERVAL = 50;

/**
 * Starts a proxy to `target`.
 *
 * @param {string} target an address with a port
 * @param {number} bytesPerSecond what it sends on of each connection
 */
export async function startSlowProxy(target, bytesPerSecond) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      });
    }
    const held = [];
    client.on("data", (bytes) => held.push(bytes));
    const timer = setInterval(() => {
      let budget = (bytesPerSecond * INTERVAL) / 1000;
      while (held.length > 0 && budget > 0) {
        const piece = held[0].subarray(0, budget);
        const rest = held[0].subarray(piece.length);
        if (rest.length > 0) held[0] = rest;
        else held.shift();
        budget -= piece.length;
        upstream.write(piece);
      }
    }, INTERVAL);
    client.on("close", () => clearInterval(timer));
    upstream.pipe(client);
  });
  const { url, close: stop } = await listen(server);
  const close = () => {
    stop();
    for (const socket of sockets) socket.destroy();
  };
  return { url, close };
}
