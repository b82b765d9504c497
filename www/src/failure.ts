import type { DivarMediaError } from "divar-chat-media";
import { language, t } from "./i18n/language.js";

/** What the page says about a failure: a sentence for people, and a code for whoever mends it. */
export interface Told {
  sentence: string;
  code: string;
}

interface Answer {
  code: string;
  stage: string;
  userMessage: { fa: string; en: string };
}

/** A failure of one of the demo's own routes. */
export class RouteError extends Error {
  constructor(
    readonly code: string,
    /** What the route itself had to say, if it did. */
    readonly userMessage?: { fa: string; en: string },
  ) {
    super(code);
  }

  /** Reads the JSON that the edge function answers a failure with. */
  static fromAnswer(answer: unknown, httpStatus: number): RouteError {
    const { code, stage, userMessage } = (answer ?? {}) as Partial<Answer>;
    return new RouteError(joinWords(stage, code, httpStatus), userMessage);
  }
}

/** As the package's own `isDivarError`, whose code need not have come for the page to be seen. */
const isDivarError = (error: unknown): error is DivarMediaError =>
  error instanceof Error && error.name === "DivarMediaError";

/** Whether a message that failed may be there all the same. */
export const mayHaveArrived = (error: unknown): boolean =>
  isDivarError(error) && error.deliveryUnknown;

/** Finds the words for whatever was thrown, in the language of the page. */
export function tell(error: unknown): Told {
  if (error instanceof RouteError) {
    const other = error.code === "network" ? t().noAnswer : t().badAnswer;
    return { sentence: error.userMessage?.[language()] ?? other, code: error.code };
  }
  if (isDivarError(error)) {
    const sentence = error.deliveryUnknown ? t().deliveryUnknown : error.userMessage[language()];
    return { sentence, code: joinWords(error.stage, error.code, error.status) };
  }
  console.error(error);
  return { sentence: t().unexpected, code: "unexpected" };
}

function joinWords(...words: (string | number | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(" ");
}
