import { Refusal } from "./answer.js";

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
