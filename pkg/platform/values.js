/** `object[name]`; null counts as undefined. */
export const get = (object, name) => object[name] ?? undefined;

/** `object[name]`, if it is a number, or a boolean as 0 or 1; else NaN. */
export const number = (object, name) => {
  const value = object?.[name];
  return typeof value === "number" || typeof value === "boolean" ? +value : Number.NaN;
};

/** Whether `object[name]` is this text. */
export const is = (object, name, text) => object?.[name] === text;

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

/** Copies bytes into the module's memory. */
export const copy = (bytes, into) => into.set(bytes);
