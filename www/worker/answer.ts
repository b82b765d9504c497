/** What a failure looks like to the page: nothing of the key, nothing of Divar's own answer. */
interface Failure {
  code: string;
  stage: "conversation";
  message: string;
  userMessage: { fa: string; en: string };
  retryable: boolean;
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

/** The answer to a method that a route does not have. `allowed` lists those that it has. */
export function methodNotAllowed(allowed: string): Response {
  const body = describe("method_not_allowed", `Only ${allowed} is answered here.`, REFUSED);
  const response = json(body, 405);
  response.headers.set("Allow", allowed);
  return response;
}

/** The answer to a request that failed, whatever was thrown. */
export function failure(error: unknown): Response {
  if (error instanceof Refusal) {
    return json(describe(error.code, error.message, REFUSED), error.status);
  }
  if (error instanceof Unavailable) {
    return json({ ...describe("unavailable", error.message, LATER), retryable: true }, 502);
  }
  if (error instanceof DOMException && error.name === "TimeoutError") {
    const body = describe("timeout", "Divar did not answer in time.", LATER);
    return json({ ...body, retryable: true }, 504);
  }
  console.error(error);
  return json(describe("internal", "This server failed.", BROKEN), 500);
}

function describe(code: string, message: string, fa: string): Failure {
  const userMessage = { fa, en: message };
  return { code, stage: "conversation", message, userMessage, retryable: false };
}
