// A worker that draws pictures again, one after another.
import type { DivarMediaError } from "../types/error.js";
import type { PrepareErrorCode } from "./errors.js";
import { redraw } from "./redraw.js";
import type { PostedError, RedrawRequest, WorkerMessage } from "./worker-messages.js";

/** The global scope of a worker, which the DOM's types do not have. */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer?: Transferable[]): void;
}

const scope: WorkerScope = globalThis as unknown as WorkerScope;

addEventListener("message", async ({ data }: MessageEvent<RedrawRequest>) => {
  try {
    const { blob, width, height } = await redraw(data.blob, data.limits, (progress) =>
      scope.postMessage({ kind: "progress", progress }),
    );
    const bytes = await blob.arrayBuffer();
    const picture = { bytes, type: blob.type, width, height };
    scope.postMessage({ kind: "picture", picture }, [bytes]);
  } catch (error) {
    scope.postMessage({ kind: "error", error: toPosted(error as DivarMediaError) });
  }
});

function toPosted({ code, message, cause }: DivarMediaError): PostedError {
  const { message: reason, name } = (cause ?? {}) as Error;
  return {
    code: code as PrepareErrorCode,
    message,
    cause: cause ? { message: reason, name } : undefined,
  };
}

scope.postMessage({ kind: "ready" });
