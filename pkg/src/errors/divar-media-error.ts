import type { CallStage, DivarMediaError } from "../types/error.js";
import type { ErrorCode } from "../types/error-code.js";

/** What is known of an error beside its code and its stage. */
export interface ErrorDetails {
  /** The exception of the platform. */
  readonly cause?: unknown;
  /** @defaultValue `false` */
  readonly retryable?: boolean;
  /** @defaultValue `false` */
  readonly deliveryUnknown?: boolean;
}

/** Makes an error that arises outside of the module. */
export function divarError(
  code: ErrorCode,
  userMessage: DivarMediaError["userMessage"],
  stage: CallStage,
  message: string,
  { cause, retryable = false, deliveryUnknown = false }: ErrorDetails = {},
): DivarMediaError {
  return Object.assign(
    new Error(message),
    { name: "DivarMediaError", code, stage, retryable, deliveryUnknown, userMessage } as const,
    cause !== undefined && { cause },
  );
}

/**
 * Whether a caught value is an error of this package.
 *
 * It is recognised by its name and its fields, so that it may come from another realm or from another
 * copy of the package.
 */
export function isDivarError(error: unknown): error is DivarMediaError {
  return (
    typeof error === "object" &&
    error !== null &&
    (error as Partial<DivarMediaError>).name === "DivarMediaError" &&
    "code" in error
  );
}
