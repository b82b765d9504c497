// Whether Divar takes a file as it is, by the parsers of `prepareMedia`: uploads load this for the files that their
// own check, which is smaller, does not tell enough of.
import type { MediaType } from "../types/upload.js";
import type { PrepareErrorCode } from "./errors.js";
import { parsersFor } from "./parsers.js";
import { runTask } from "./task.js";

/** The MIME type to send the file with, or why Divar does not take it. */
export type Validation = { mime: string } | { code: PrepareErrorCode; message: string };

/** Validates a file that is to be sent as `type`, or as what it is where that is undefined. */
export type Validate = (
  file: Blob,
  type: MediaType | undefined,
  signal: AbortSignal | undefined,
) => Promise<Validation>;

/** The validation in pages, Node, Deno and Bun. */
export const validate: Validate = async (file, type, signal) => {
  const { size } = file;
  const wasm = await parsersFor(file, size, signal);
  const result = await wasm.call("prepare", ({ Task }) => {
    const task = Task.prepare({
      size,
      // The upload names the file.
      name: "",
      type,
      longestEdge: undefined,
      // The upload checks the size by itself.
      maxBytes: Number.MAX_SAFE_INTEGER,
      keepMetadata: false,
      canRedraw: false,
    });
    return runTask(task, file, signal);
  });
  if ("plan" in result) return { mime: result.plan.mime };
  if ("refused" in result) return result.refused;
  throw new TypeError("a picture is to be redrawn where none can be");
};
