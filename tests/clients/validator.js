// A server that knows nothing but the description: it answers a request with 204 if it fits, and
// with the reason if it does not.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import express from "express";
import { middleware } from "express-openapi-validator";
import { listen } from "../support/server.js";
import { send } from "./recorder.js";

const apiSpec = fileURLToPath(new URL("openapi.yaml", import.meta.url));

export async function startValidator() {
  const app = express();
  app.use(express.json());
  app.use(middleware({ apiSpec, validateApiSpec: true }));
  app.use(oneNamedFile);
  app.use((_request, response) => response.status(204).end());
  app.use((error, _request, response, _next) =>
    response.status(error.status ?? 500).send(String(error.message)),
  );
  const server = createServer(app);
  const { url, close } = await listen(server);
  return { validate: (request) => validate(url, request), close };
}

/** @returns {Promise<string>} why it does not fit, or "fits" */
async function validate(address, request) {
  // Every route requires one, which goes unseen: Express reads nothing as an empty object.
  if (request.body.length === 0) return "400 there is no body";
  const { status, body } = await send(address, request);
  return status === 204 ? "fits" : `${status} ${body}`;
}

/** The validator takes a text for a file, and that a file has a name no description can ask for. */
function oneNamedFile(request, response, next) {
  if (!request.is("multipart/form-data")) return next();
  const named = request.files?.filter(({ originalname }) => originalname) ?? [];
  if (named.length === 1) return next();
  response.status(400).send("the form has no named file");
}
