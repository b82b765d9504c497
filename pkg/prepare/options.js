import { isDivarError } from "../error.js";
import { refuse } from "./refusal.js";

const TYPES = ["image", "video", "voice", "file"];

/** The size of the file that a caller gives. */
export function sizeOf(file) {
  const size = file instanceof Blob ? file.size : undefined;
  if (typeof size !== "number") throw misuse("file must be a File or a Blob");
  return size;
}

/**
 * What `read` makes of a caller's arguments. They may be anything, and so may what their getters
 * throw.
 */
export function checked(read) {
  try {
    return read();
  } catch (cause) {
    throw isDivarError(cause)
      ? cause
      : refuse("invalid_argument", "an argument cannot be read", cause);
  }
}

/** What `inspectMedia` takes. */
export function readInspection(options = {}) {
  checkObject(options);
  return { signal: checkSignal(options.signal) };
}

/** What `prepareMedia` takes, and what it means where nothing is said. */
export function readPreparation(type, options = {}) {
  if (type != null && !TYPES.includes(type))
    throw misuse(`type must be one of ${TYPES.join(", ")}`);
  checkObject(options);
  const { longestEdge, maxBytes, keepMetadata, onProgress, onChange, signal } = options;
  return {
    type: type ?? "",
    longestEdge: checkNumber(longestEdge, "longestEdge", 65_535),
    maxBytes: checkNumber(maxBytes, "maxBytes", Number.MAX_SAFE_INTEGER),
    keepMetadata: Boolean(keepMetadata),
    onProgress: checkFunction(onProgress, "onProgress"),
    onChange: checkFunction(onChange, "onChange"),
    signal: checkSignal(signal),
  };
}

function checkObject(options) {
  if (options === null || typeof options !== "object") throw misuse("options must be an object");
}

/** Nothing is 0, which the module takes for a number that was not given. */
function checkNumber(value, name, most) {
  if (value == null) return 0;
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw misuse(`${name} must be a whole number from 1 to ${most}`);
}

function checkFunction(value, name) {
  if (value == null || typeof value === "function") return value ?? (() => {});
  throw misuse(`${name} must be a function`);
}

/** By what it can do: it may come from another realm. */
function checkSignal(signal) {
  if (signal == null) return undefined;
  if (typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function") {
    return signal;
  }
  throw misuse("signal must be an AbortSignal");
}

const misuse = (message) => refuse("invalid_argument", message);
