/** `object[name]`; null counts as undefined. */
export const get = (object, name) => object[name] ?? undefined;

/** `object[name] = value`. */
export const set = (object, name, value) => {
  object[name] = value;
};

/** One more item at the end of an array. */
export const push = (list, item) => {
  list.push(item);
};

/** An empty object, or an empty array. */
export const empty = (isArray) => (isArray ? [] : {});

/** Whether it is of the platform's class of this name. */
export const isA = (value, name) => {
  try {
    return value instanceof globalThis[name];
  } catch {
    return false;
  }
};

/**
 * An address in the URL standard's own words; empty where it is none, and nothing for what is neither
 * a string nor a `URL`. `base` is what it may be relative to.
 */
export const href = (given, base) => {
  try {
    const text = isA(given, "URL") ? given.href : given;
    return typeof text === "string" && text ? new URL(text, base).href : undefined;
  } catch {
    return "";
  }
};

/** What the page's own `location` says under this name; worker scripts have one too. */
export const page = (name) => globalThis.location?.[name];

/** The bytes of two parts of a file, one after the other. */
export const read = async (file, from, to, from2, to2) =>
  new Blob([file.slice(from, to), file.slice(from2, to2)]).arrayBuffer();

/** What `read` gave, for the module to take. */
export const bytes = (buffer) => new Uint8Array(buffer);
