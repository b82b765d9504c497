import { refuse } from "./refusal.js";

/** A disk can be slow, or a file still in a cloud, but not for longer than this. */
const READ_LIMIT_MS = 30_000;

/**
 * Runs one of the module's tasks, reading what it asks for of the file.
 *
 * @param {Task} task
 * @param {Blob} file
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<object>} its last step
 */
export async function run(task, file, signal) {
  try {
    for (;;) {
      const step = task.step();
      if (!step.need) return step;
      const { at, length } = step.need;
      task.add(at, await read(file.slice(at, at + length), length, signal));
    }
  } finally {
    task.free();
  }
}

async function read(slice, length, signal) {
  let stop;
  const stopped = new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    const late = () => reject(unreadable(new DOMException("too slow", "TimeoutError")));
    const timer = setTimeout(late, READ_LIMIT_MS);
    signal?.addEventListener("abort", abort);
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    if (signal?.aborted) abort();
  });
  try {
    const bytes = slice.arrayBuffer().catch((cause) => Promise.reject(unreadable(cause)));
    const buffer = await Promise.race([bytes, stopped]);
    if (buffer.byteLength !== length) throw unreadable();
    return new Uint8Array(buffer);
  } finally {
    stop();
  }
}

const unreadable = (cause) => refuse("file_unreadable", "the file could not be read", cause);
