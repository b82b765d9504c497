// Servers of this Node.
import { once } from "node:events";

/**
 * Listens on a free port of this machine.
 *
 * @param {import("node:net").Server} server
 * @returns its address without a slash at the end, and what ends it, kept connections included
 */
export async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.close();
    server.closeAllConnections?.();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
