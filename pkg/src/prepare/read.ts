import { unlessAborted } from "../abort.js";
import { unreadable } from "./errors.js";

/** The longest time to wait for bytes, in milliseconds: a disk may be slow, or a file in a cloud. */
const READ_TIMEOUT = 30_000;

/** The bytes of a file or of a slice of one, which may throw. Rejects with `file_unreadable`, or the signal's reason. */
export async function readBytes(
  open: () => Blob,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const read = async () => new Uint8Array(await open().arrayBuffer());
  const bytes = read().catch((cause) => Promise.reject(unreadable(cause)));
  return unlessAborted(signal, withTimeout(bytes, READ_TIMEOUT));
}

/** Settles as `promise` does, or rejects with `file_unreadable` after this time. */
export async function withTimeout<Value>(
  promise: Promise<Value>,
  milliseconds: number,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(unreadable(new DOMException("reading took too long", "TimeoutError")));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
