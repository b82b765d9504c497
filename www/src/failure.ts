import { isDivarError } from "divar-chat-media";

/** What the page says about a failure: a Persian sentence, and a code for whoever mends it. */
export interface Told {
  sentence: string;
  code: string;
}

/** What to say where a message may have arrived: sending it again unseen may send it twice. */
export const DELIVERY_UNKNOWN =
  "معلوم نشد پیام رسید یا نه. پیش از فرستادن دوباره، گفتگو را تازه کنید و ببینید رسیده است یا نه.";

/** A failure of one of the demo's own routes. */
export class RouteError extends Error {
  /** `code` is for the small print; `sentence` is Persian and meant for people. */
  constructor(
    readonly code: string,
    readonly sentence: string,
  ) {
    super(code);
  }

  /** Reads the JSON that the edge function answers a failure with. */
  static fromAnswer(answer: unknown, httpStatus: number): RouteError {
    const { code, stage, userMessage, deliveryUnknown } = (answer ?? {}) as Partial<Answer>;
    const sentence = userMessage?.fa ?? "سرور این صفحه پاسخ درستی نداد.";
    const smallPrint = joinWords(stage, code, httpStatus);
    return new RouteError(smallPrint, deliveryUnknown ? DELIVERY_UNKNOWN : sentence);
  }
}

interface Answer {
  code: string;
  stage: string;
  userMessage: { fa: string };
  deliveryUnknown: boolean;
}

/** Finds the words for whatever was thrown. */
export function tell(error: unknown): Told {
  if (error instanceof RouteError) return { sentence: error.sentence, code: error.code };
  if (isDivarError(error)) {
    const code = joinWords(error.stage, error.code, error.status);
    return { sentence: error.userMessage.fa, code };
  }
  console.error(error);
  return { sentence: "خطای پیش‌بینی‌نشده‌ای رخ داد. صفحه را دوباره باز کنید.", code: "unexpected" };
}

function joinWords(...words: (string | number | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(" ");
}
