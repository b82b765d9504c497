import { Refusal } from "./answer.js";

/** Larger than any request of the page, small enough to hold. */
const MAX_BODY_BYTES = 4096;

/**
 * Refuses what another site's page sends in a visitor's name. Browsers set both headers themselves;
 * old ones set only Origin.
 */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get("Origin");
  const site = request.headers.get("Sec-Fetch-Site") ?? "same-origin";
  const foreign = origin !== null && origin !== new URL(request.url).origin;
  if (foreign || (site !== "same-origin" && site !== "none")) {
    throw new Refusal(403, "foreign_origin", "Only this site's own page may call this address.");
  }
}

/** The body of a POST: a JSON object. A form of another site cannot send this content type. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Refusal(415, "wrong_content_type", "Send the body as application/json.");
  }
  const parsed = parseJson(await readText(request));
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Refusal(400, "wrong_body", "The body must be a JSON object.");
  }
  return parsed as Record<string, unknown>;
}

/** The text in `body[name]`, which must be there and not be empty. */
export function requireText(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") {
    throw new Refusal(400, "wrong_body", `The body needs "${name}", a text.`);
  }
  return value;
}

/** Counts while it reads: Content-Length may be absent. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    bytes += next.value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader?.cancel();
      throw new Refusal(413, "too_large", `The body may have ${MAX_BODY_BYTES} bytes at most.`);
    }
    text += decoder.decode(next.value, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
