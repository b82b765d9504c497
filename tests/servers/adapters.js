// The adapters that give a handler of Requests to Node's own server, each as its own guide has it.
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createServerAdapter } from "@whatwg-node/server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { serve } from "srvx";
import { listen } from "../support/server.js";

/** Listens on a free port; the address is that of the handler's routes. */
async function listening(server) {
  const { url, close } = await listen(server);
  return { url: `${url}/divar`, close };
}

/** Express with an adapter below `/divar`, and what it uses before that. */
const expressed = (adapter, ...before) => {
  const app = express();
  for (const middleware of before) app.use(middleware);
  app.use("/divar", adapter);
  return listening(createServer(app));
};

/** Servers by their names. Each starts with a handler and gives its address. */
export const servers = {
  "node:http with @whatwg-node/server": (handle) =>
    listening(createServer(createServerAdapter(handle))),
  "Express with @whatwg-node/server": (handle) => expressed(createServerAdapter(handle)),
  "node:http with @hono/node-server": (handle) =>
    listening(createServer(getRequestListener(handle))),
  "Express with @hono/node-server": (handle) => expressed(getRequestListener(handle)),
  "Hono with @hono/node-server": (handle) => {
    const app = new Hono();
    app.all("/divar/*", (context) => handle(context.req.raw));
    return listening(createServer(getRequestListener(app.fetch)));
  },
  "Fastify with @hono/node-server": async (handle) => {
    const app = Fastify();
    const listener = getRequestListener(handle);
    await app.register(async (media) => {
      // The handler reads the body itself.
      media.removeAllContentTypeParsers();
      media.addContentTypeParser("*", (_request, _body, done) => done(null));
      media.all("/divar/*", (request, reply) => {
        reply.hijack();
        return listener(request.raw, reply.raw);
      });
    });
    await app.ready();
    return listening(app.server);
  },
  srvx: async (fetch) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1", silent: true });
    await server.ready();
    const url = new URL("/divar", server.url).href;
    return { url, close: () => server.close(true) };
  },
};

/**
 * Express whose body parser has read the body before the handler can. `@whatwg-node/server` writes
 * what was parsed as a body again, and `@hono/node-server` does not.
 */
export const behindBodyParser = {
  "@whatwg-node/server": (handle) => expressed(createServerAdapter(handle), express.json()),
  "@hono/node-server": (handle) => expressed(getRequestListener(handle), express.json()),
};
