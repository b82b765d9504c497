// A page's own worker that prepares pictures.
import { fit } from "./pictures.js";

addEventListener("message", async ({ data: [name, options] }) =>
  postMessage(await fit(name, options)),
);
