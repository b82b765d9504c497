// A server that knows nothing but the description: it answers a request with 204 if it fits, and
// with the reason if it does not.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import express from "express";
import { middleware } from "express-openapi-validator";
import { closed, listening, send } from "./recorder.js";

const apiSpec = fileURLToPath(new URL("openapi.yaml", import.meta.url));

export async function startValidator() {
  const app = express();
  app.use(express.json());
  // To a validator bytes are a string, and Latin-1 is the one that loses none.
  const bare = ["image/*", "video/*", "audio/*", "application/*"];
  app.use(express.text({ type: bare, defaultCharset: "latin1", limit: "1mb" }));
  app.use(middleware({ apiSpec, validateApiSpec: true }));
  app.use(oneNamedFile);
  app.use((_request, response) => response.status(204).end());
  app.use((error, _request, response, _next) =>
    response.status(error.status ?? 500).send(String(error.message)),
  );
  const server = createServer(app);
  const address = await listening(server);
  return { judge: (request) => judge(address, request), close: () => closed(server) };
}

/** @returns {Promise<string>} why it does not fit, or "fits" */
async function judge(address, request) {
  const { status, body } = await send(address, request);
  return status === 204 ? "fits" : `${status} ${body}`;
}

/** The validator takes a text for a file, and a description cannot ask for a file's name. */
function oneNamedFile(request, response, next) {
  if (!request.is("multipart/form-data")) return next();
  const named = request.files?.filter(({ originalname }) => originalname) ?? [];
  if (named.length === 1) return next();
  response.status(400).send("the form has no file with a name");
}
