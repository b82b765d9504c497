import { divarError } from "../errors/divar-media-error.js";
import {
  cannotConvert,
  cannotRecord,
  fileDamaged,
  fileEmpty,
  fileTooLarge,
  fileUnreadable,
  invalidArgument,
  recordingTooShort,
  unsupportedFormat,
} from "../errors/user-messages.js";
import type { DivarMediaError } from "../types/error.js";
import type { ErrorCode } from "../types/error-code.js";

/** The errors of this entry, with their sentences for people. */
const USER_MESSAGES = {
  cannot_convert: cannotConvert,
  cannot_record: cannotRecord,
  file_damaged: fileDamaged,
  file_empty: fileEmpty,
  file_too_large: fileTooLarge,
  file_unreadable: fileUnreadable,
  invalid_argument: invalidArgument,
  recording_too_short: recordingTooShort,
  unsupported_format: unsupportedFormat,
} satisfies Partial<Record<ErrorCode, DivarMediaError["userMessage"]>>;

/** The code of an error of this entry. */
export type PrepareErrorCode = keyof typeof USER_MESSAGES;

/** An error of this entry. `cause` is the exception of the platform. */
export const prepareError = (
  code: PrepareErrorCode,
  message: string,
  cause?: unknown,
): DivarMediaError => divarError(code, USER_MESSAGES[code], "prepare", message, { cause });

/** The file's bytes, size or name could not be read. */
export const unreadable = (cause?: unknown): DivarMediaError =>
  prepareError("file_unreadable", "the file could not be read", cause);
