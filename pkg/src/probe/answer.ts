/** What an answer of Divar's shows, without its texts, which could hold a token. */
export interface Answer {
  /** The HTTP status; absent where there was no answer. */
  status?: number;
  /** The shape of the body. */
  shape: "google.rpc.Status" | "JSON" | "HTML" | "text" | "empty" | "no answer";
  /** The `code` of a google.rpc.Status. */
  divarCode?: number;
  headers: Headers;
  /** The parsed body, for the probe's own use. */
  body?: unknown;
}

/** The longest wait for one answer, in milliseconds: uploads of 50 MB are among the questions. */
const LIMIT_MS = 300_000;

/** Sends a request once, follows no redirect, and describes the answer. */
export async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    const { status, headers } = response;
    return { status, headers, ...shapeOf(await response.text()) };
  } catch {
    return { shape: "no answer", headers: new Headers() };
  }
}

function shapeOf(text: string): Pick<Answer, "shape" | "divarCode" | "body"> {
  if (text === "") return { shape: "empty" };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { shape: /^\s*</.test(text) ? "HTML" : "text" };
  }
  const code = field(body, "code");
  const isStatus = typeof code === "number" && typeof field(body, "message") === "string";
  return isStatus ? { shape: "google.rpc.Status", divarCode: code, body } : { shape: "JSON", body };
}

/** A field of what may be an object. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** Whether an upload was taken. */
export const isTaken = ({ status, body }: Answer): boolean =>
  status === 200 && field(body, "status") === "ok";

/** The answer in words. */
export function inWords(answer: Answer): string {
  if (answer.status === undefined) return "no answer";
  const code = answer.divarCode === undefined ? "" : ` with code ${answer.divarCode}`;
  return `HTTP ${answer.status}, ${answer.shape}${code}`;
}
