import { language, t } from "./i18n/language.js";

/** What the page says about a failure: a sentence for people, and a code for developers. */
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
    const words = [stage, code, httpStatus].filter((word) => word !== undefined);
    return new RouteError(words.join(" "), userMessage);
  }
}

/** Finds the words for whatever was thrown, in the language of the page. */
export function tell(error: unknown): Told {
  if (error instanceof RouteError) {
    const other = error.code === "network" ? t().noAnswer : t().badAnswer;
    return { sentence: error.userMessage?.[language()] ?? other, code: error.code };
  }
  console.error(error);
  return { sentence: t().unexpected, code: "unexpected" };
}
