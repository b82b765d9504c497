/** `object[name]`; null counts as undefined. */
export const get = (object, name) => object[name] ?? undefined;

/** Whether there is anything in `object[name]`. */
export const has = (object, name) => object?.[name] !== undefined;

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

/** An empty object. */
export const empty = () => ({});

/** Copies bytes into the module's memory, if they are as many as it has room for. */
export const copy = (bytes, into) => {
  const fits = bytes.length === into.length;
  if (fits) into.set(bytes);
  return fits;
};
