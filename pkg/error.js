/** The one kind of failure; its fields are described in the type definitions. */
export class DivarMediaError extends Error {
  /**
   * @param {string} message
   * @param {unknown} cause The platform's own exception, or undefined.
   * @param {object} fields
   */
  constructor(message, cause, fields) {
    super(message);
    Object.assign(this, fields);
    if (cause !== undefined) this.cause = cause;
  }
}
DivarMediaError.prototype.name = "DivarMediaError";

/**
 * By name and not by `instanceof`: an error may come from another realm, or
 * from another copy of the package.
 */
export const isDivarError = (error) => error?.name === "DivarMediaError" && "code" in error;

/** An error that did not come from the module. */
export const failure = (message, cause, fields) =>
  new DivarMediaError(message, cause, { retryable: false, deliveryUnknown: false, ...fields });
