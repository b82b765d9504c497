/**
 * Whether a value is a platform object of one of these classes. `instanceof` would refuse those of
 * another realm, such as a frame or a test runner's context.
 */
export const isInstanceOf = (value: unknown, ...classes: string[]): boolean =>
  classes.some((name) => Object.prototype.toString.call(value) === `[object ${name}]`);
