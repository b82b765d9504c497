// The arguments of `inspectMedia` and `prepareMedia`. They may be anything.
import { isInstanceOf } from "../brand.js";
import { isDivarError } from "../errors/divar-media-error.js";
import type { DivarMediaError } from "../types/error.js";
import type { InspectOptions } from "../types/inspect.js";
import type { PrepareOptions } from "../types/prepare.js";
import type { MediaType } from "../types/upload.js";
import { prepareError, unreadable } from "./errors.js";

const TYPES: readonly string[] = ["image", "video", "voice", "file"] satisfies MediaType[];
/** The longest edge of a JPEG, in pixels (ITU-T T.81, B.2.2: 16 bits). */
const LONGEST_EDGE = 65_535;

/** The checked options of `inspectMedia`. */
export interface InspectArguments {
  signal: AbortSignal | undefined;
}

/** The checked arguments of `prepareMedia`. Undefined: not given. */
export interface PrepareArguments extends InspectArguments {
  type: MediaType | undefined;
  longestEdge: number | undefined;
  maxBytes: number | undefined;
  keepMetadata: boolean;
  heic: boolean;
  convert: PrepareOptions["convert"];
  convertHevc: boolean;
  onProgress: PrepareOptions["onProgress"];
  onChange: PrepareOptions["onChange"];
  onPreview: PrepareOptions["onPreview"];
}

/** The size of a file, in bytes. */
export function sizeOf(file: Blob): number {
  if (!isInstanceOf(file, "Blob", "File")) throw argumentError("file must be a File or a Blob");
  const size = readable(() => file.size);
  if (!Number.isSafeInteger(size) || size < 0) throw unreadable();
  return size;
}

/** The name of a file; empty for a Blob. */
export const nameOf = (file: Blob): string => readable(() => String((file as File).name ?? ""));

/** What `read` reads of a file. Its properties throw where it is not a real one. */
function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Checks the options of `inspectMedia`. */
export const readInspectOptions = (options: InspectOptions = {}): InspectArguments =>
  checked(() => {
    checkObject(options);
    return { signal: checkSignal(options.signal) };
  });

/** Checks the arguments of `prepareMedia`. */
export const readPrepareOptions = (
  type: MediaType | null | undefined,
  options: PrepareOptions = {},
): PrepareArguments =>
  checked(() => {
    checkObject(options);
    const { longestEdge, maxBytes, keepMetadata, heic, convert, convertHevc, signal } = options;
    const { onProgress, onChange, onPreview } = options;
    return {
      type: checkType(type),
      longestEdge: checkNumber(longestEdge, "longestEdge", LONGEST_EDGE),
      maxBytes: checkNumber(maxBytes, "maxBytes", Number.MAX_SAFE_INTEGER),
      keepMetadata: Boolean(keepMetadata),
      heic: Boolean(heic ?? true),
      convert: checkFunction(convert, "convert"),
      convertHevc: Boolean(convertHevc),
      onProgress: checkFunction(onProgress, "onProgress"),
      onChange: checkFunction(onChange, "onChange"),
      onPreview: once(checkFunction(onPreview, "onPreview")),
      signal: checkSignal(signal),
    };
  });

/** A video is drawn again where its conversion has failed and it is sent as it is. */
function once(callback: PrepareOptions["onPreview"]): PrepareOptions["onPreview"] {
  let uncalled = callback;
  return (
    callback &&
    ((preview) => {
      const call = uncalled;
      uncalled = undefined;
      return call?.(preview);
    })
  );
}

/** A getter of the caller's options may throw anything. */
function checked<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (isDivarError(cause)) throw cause;
    throw prepareError("invalid_argument", "an argument cannot be read", cause);
  }
}

function checkObject(options: unknown): void {
  if (options === null || typeof options !== "object") {
    throw argumentError("options must be an object");
  }
}

function checkType(type: MediaType | null | undefined): MediaType | undefined {
  if (type == null || TYPES.includes(type)) return type ?? undefined;
  throw argumentError(`type must be one of ${TYPES.join(", ")}`);
}

function checkNumber(value: number | undefined, name: string, max: number): number | undefined {
  if (value == null || (Number.isInteger(value) && value >= 1 && value <= max)) {
    return value ?? undefined;
  }
  throw argumentError(`${name} must be a whole number from 1 to ${max}`);
}

export function checkFunction<Value>(value: Value, name: string): Value | undefined {
  if (value == null || typeof value === "function") return value ?? undefined;
  throw argumentError(`${name} must be a function`);
}

/** By what it can do: it may come from another realm. */
function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal == null) return undefined;
  if (typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function") {
    return signal;
  }
  throw argumentError("signal must be an AbortSignal");
}

const argumentError = (message: string): DivarMediaError =>
  prepareError("invalid_argument", message);
