// The worker's side of worker-client.ts.
import type { DivarMediaError } from "../types/error.js";
import type { PrepareErrorCode } from "./errors.js";
import type { Redraw } from "./redraw.js";
import type { PostedError, RedrawRequest, WorkerMessage } from "./worker-messages.js";

/** The global scope of a worker, which the DOM's types do not have. */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer?: Transferable[]): void;
}

const scope: WorkerScope = globalThis as unknown as WorkerScope;

/** Draws the pictures that the page posts, one after another. */
export function serveRedraws(redraw: Redraw): void {
  addEventListener("message", ({ data }: MessageEvent<RedrawRequest>) => answer(redraw, data));
  scope.postMessage({ kind: "ready" });
}

async function answer(redraw: Redraw, request: RedrawRequest): Promise<void> {
  try {
    const { blob, width, height } = await redraw(request.blob, request.limits, (progress) =>
      scope.postMessage({ kind: "progress", progress }),
    );
    const bytes = await blob.arrayBuffer();
    const picture = { bytes, type: blob.type, width, height };
    scope.postMessage({ kind: "picture", picture }, [bytes]);
  } catch (error) {
    scope.postMessage({ kind: "error", error: toPosted(error as DivarMediaError) });
  }
}

function toPosted({ code, message, cause }: DivarMediaError): PostedError {
  const { message: reason, name } = (cause ?? {}) as Error;
  return {
    code: code as PrepareErrorCode,
    message,
    cause: cause ? { message: reason, name } : undefined,
  };
}
