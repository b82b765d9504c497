import { inWords } from "../answer.js";
import type { Divar } from "../divar.js";
import type { Finding } from "../finding.js";

/** Whether a page of this origin may upload to the chat host. */
export async function crossOrigin(divar: Divar, origin: string): Promise<Finding> {
  const answer = await divar.preflight(origin);
  const allowed = answer.headers.get("Access-Control-Allow-Origin");
  const headers = answer.headers.get("Access-Control-Allow-Headers") ?? "";
  const isOk = answer.status !== undefined && answer.status < 300;
  // A browser takes no `*` for this header.
  const takesToken = /(^|,)\s*authorization\s*(,|$)/i.test(headers);
  const agrees = isOk && (allowed === "*" || allowed === origin) && takesToken;
  return {
    question: "May a page upload to the chat host (CORS)?",
    expected: "not said; the package tries, or relays",
    found: agrees ? "yes" : `no: ${inWords(answer)}`,
    agrees,
    ...(!agrees && { options: { relay: true } }),
  };
}
