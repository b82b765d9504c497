import { isDivarError } from "../errors/divar-media-error.js";
import type { ComposerStrings } from "./strings/strings.js";

/** What is shown of an error. */
export interface ErrorText {
  /** For the person who chose the file. */
  sentence: string;
  /** For the developer. */
  code: string;
}

export function describeError(error: unknown, strings: ComposerStrings): ErrorText {
  if (!isDivarError(error)) return { sentence: strings.unexpected, code: "unexpected" };
  const { deliveryUnknown, userMessage, stage, code, status } = error;
  return {
    sentence: deliveryUnknown ? strings.deliveryUnknown : userMessage[strings.userMessage],
    code: [stage, code, status].filter((part) => part !== undefined).join(" "),
  };
}
