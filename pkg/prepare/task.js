import { unlessAborted } from "./abort.js";
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
  const bytes = slice.arrayBuffer().catch((cause) => Promise.reject(unreadable(cause)));
  const buffer = await unlessAborted(signal, inTime(bytes));
  if (buffer.byteLength !== length) throw unreadable();
  return new Uint8Array(buffer);
}

async function inTime(bytes) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(unreadable(new DOMException("too slow", "TimeoutError"))),
      READ_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([bytes, late]);
  } finally {
    clearTimeout(timer);
  }
}

const unreadable = (cause) => refuse("file_unreadable", "the file could not be read", cause);
