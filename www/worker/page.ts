import type { Env } from "./env.js";

/** The page, with the headers that say what it may load and where it may connect. */
export async function page(request: Request, env: Env): Promise<Response> {
  const asset = await env.ASSETS.fetch(request);
  const response = new Response(asset.body, asset);
  response.headers.set("Content-Security-Policy", contentSecurityPolicy(env.DIVAR_CHAT_URL));
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

function contentSecurityPolicy(chatUrl: string): string {
  const chat = new URL(chatUrl).origin;
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `connect-src 'self' ${chat}`,
    `img-src 'self' ${chat}`,
    `media-src 'self' ${chat}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
