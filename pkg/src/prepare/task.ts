// The module of this entry works in steps: it asks for some of the file's bytes, or it has finished.
import { unlessAborted } from "../abort.js";
import type { MediaFormat, MediaInspection, PrivateMetadata } from "../types/inspect.js";
import type { MediaType } from "../types/upload.js";
import type { PrepareErrorCode } from "./errors.js";
import { unreadable } from "./errors.js";
import { inflate } from "./inflate.js";
import { readBytes } from "./read.js";

/** What the module exports, as wasm-bindgen's glue offers it. */
export interface PrepareExports {
  readonly Task: {
    inspect(size: number): Task<InspectResult>;
    prepare(options: PrepareTaskOptions): Task<PrepareResult>;
  };
}

/** What the module without the parsers of movies and sound exports. */
export interface PictureExports extends PrepareExports {
  /** Whether a file that begins with `head` needs these parsers. */
  needsMovieParsers(head: Uint8Array, size: number): boolean;
}

/** What `Task.prepare` reads. Undefined: not given. */
export interface PrepareTaskOptions {
  readonly size: number;
  readonly name: string;
  readonly type: MediaType | undefined;
  readonly longestEdge: number | undefined;
  readonly maxBytes: number | undefined;
  readonly keepMetadata: boolean;
  /** Whether pictures can be decoded and encoded in this runtime. */
  readonly canRedraw: boolean;
}

/** A file that is being inspected or prepared. */
export interface Task<Result> {
  /** Continues as far as the known bytes allow. */
  step(): ReadRequest | Result;
  /** Adds bytes that a step has asked for. */
  add(at: number, bytes: Uint8Array): void;
  /** Adds the content of DEFLATE data that a step has asked for. */
  addInflated(bytes: Uint8Array): void;
  free(): void;
}

/** The bytes that a task needs to continue. */
interface ReadRequest {
  need: { at: number; length: number; deflated: boolean };
}

/** The last step of `Task.inspect`. */
export interface InspectResult {
  inspection: MediaInspection;
}

/** The last step of `Task.prepare`: one of the three. */
export type PrepareResult = { plan: Plan } | { draw: Drawing } | { refused: Refusal };

/** The parts of the new file. */
export interface Plan {
  pieces: (
    | { slice: [from: number, to: number] }
    | { bytes: Uint8Array<ArrayBuffer> }
    | { zeros: number }
  )[];
  name: string;
  mime: string;
  changes: ("metadata_removed" | "fast_start" | "repackaged")[];
  removed: PrivateMetadata[];
}

/** A picture to draw again. */
export interface Drawing {
  format: MediaFormat;
  longestEdge: number;
  maxBytes: number;
  mayBeTransparent: boolean;
  /** The picture's own size in pixels, if it is known. */
  width?: number;
  height?: number;
  /**
   * The file without metadata, where Divar takes that as it is: used if the new picture is no
   * smaller, or cannot be drawn.
   */
  original?: Plan;
  /** The name of the new file by its MIME type. */
  names: Record<"image/jpeg" | "image/png", string>;
}

/** Why Divar does not accept the file. */
export interface Refusal {
  code: PrepareErrorCode;
  message: string;
}

/** Runs a task to its end, and reads the bytes that it asks for. */
export async function runTask<Result extends object>(
  task: Task<Result>,
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    for (;;) {
      const step = task.step();
      if (!("need" in step)) return step;
      const { at, length, deflated } = step.need;
      const bytes = await readBytes(() => file.slice(at, at + length), signal);
      if (bytes.length !== length) throw unreadable();
      if (deflated) task.addInflated(await unlessAborted(signal, inflate(bytes)));
      else task.add(at, bytes);
    }
  } finally {
    task.free();
  }
}
