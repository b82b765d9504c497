// Receives the outcome of each case from a runtime under test, and serves a browser its page and scripts
// from the same origin.
import { createServer } from "node:http";
import { listen } from "../../support/server.js";

/**
 * @param {{ settings: object, onOutcome: (outcome: object) => void }} options the settings of the
 *   cases, and a callback for the outcome of each
 */
export async function collect({ settings, onOutcome }) {
  const files = {};
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const routes = {
    "GET /settings": () => JSON.stringify(settings),
    "POST /outcomes": (body) => {
      onOutcome(JSON.parse(body));
    },
    "POST /end": () => end(),
  };
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    const path = request.url.split("?")[0];
    const file = files[path];
    const answer = file ? () => file : routes[`${request.method} ${path}`];
    response.writeHead(answer ? 200 : 404, { "Content-Type": typeOf(path) });
    response.end(answer?.(body));
  });
  const { url, close } = await listen(server);
  return { url, files, ended, close };
}

const TYPES = { html: "text/html", js: "text/javascript" };
const typeOf = (path) => `${TYPES[path.split(".").at(-1)] ?? "application/json"}; charset=utf-8`;
