import { isDivarError } from "divar-chat-media";

/** The part of the work that failed, for the page's small print. */
export type Stage = "token" | "message" | "conversation";

/** What a failure looks like to the page: no key, no token, nothing of Divar's own answer. */
interface Failure {
  code: string;
  stage: Stage;
  message: string;
  userMessage: { fa: string; en: string };
  retryable: boolean;
  /** Whether the message may have arrived all the same. */
  deliveryUnknown: boolean;
}

const REFUSED = "سرور این صفحه درخواست را نپذیرفت.";
const LATER = "دیوار الان پاسخ نمی‌دهد. کمی بعد دوباره تلاش کنید.";
const BROKEN = "سرور این صفحه ایراد دارد. کمی بعد دوباره تلاش کنید.";

/** A request that this worker refuses. `message` is English and goes to the page as it is. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Divar gave no usable answer. `message` is English and goes to the page as it is. */
export class Unavailable extends Error {}

export function json(body: unknown, status = 200): Response {
  const headers = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  return Response.json(body, { status, headers });
}

/** The answer to a request that failed, whatever was thrown. */
export function failure(error: unknown, stage: Stage): Response {
  if (isDivarError(error)) {
    const { code, userMessage, retryable, deliveryUnknown = false, status } = error;
    // Divar's own words may stand in `error.message`: they are for this log, not for the page.
    console.warn(`${error.stage} ${code} ${status ?? ""}: ${error.message}`);
    const message = userMessage.en;
    const body: Failure = { code, stage, message, userMessage, retryable, deliveryUnknown };
    return json(body, pageStatus(code, status));
  }
  if (error instanceof Refusal) {
    return json(describe(error.code, stage, error.message, REFUSED), error.status);
  }
  if (error instanceof Unavailable) {
    return json({ ...describe("unavailable", stage, error.message, LATER), retryable: true }, 502);
  }
  if (error instanceof DOMException && error.name === "TimeoutError") {
    const body = describe("timeout", stage, "Divar did not answer in time.", LATER);
    return json({ ...body, retryable: true, deliveryUnknown: stage === "message" }, 504);
  }
  console.error(error);
  return json(describe("internal", stage, "This server failed.", BROKEN), 500);
}

function describe(code: string, stage: Stage, message: string, fa: string): Failure {
  const userMessage = { fa, en: message };
  return { code, stage, message, userMessage, retryable: false, deliveryUnknown: false };
}

/** A limit and a recipient's refusal concern the person; the rest lies between here and Divar. */
function pageStatus(code: string, status: number | undefined): number {
  if (code === "timeout" || code === "answer_timeout") return 504;
  return status === 412 || status === 429 || status === 503 ? status : 502;
}
