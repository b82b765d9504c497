// Pages, Node, Deno and Bun load the parsers for an upload when a file needs them.
import type { Validate } from "./prepare/validate.js";

/** The validation of files, which is loaded with its first call. */
export const validate: Validate = async (...args) => {
  const { validate } = await import("./prepare/validate.js");
  return validate(...args);
};
