import type { Env } from "./env.js";

/** The page, with the headers that say what it may load and where it may connect. */
export async function page(request: Request, env: Env): Promise<Response> {
  const asset = await env.ASSETS.fetch(request);
  const response = new Response(asset.body, asset);
  response.headers.set("Content-Security-Policy", contentSecurityPolicy(request, env));
  response.headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

function contentSecurityPolicy(request: Request, env: Env): string {
  const chat = new URL(env.DIVAR_CHAT_URL).origin;
  return [
    "default-src 'none'",
    `script-src 'self' ${wordForWasm(request)}`,
    "style-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${chat}`,
    `img-src 'self' blob: ${chat}`,
    `media-src 'self' blob: ${chat}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // Lit's own for its templates, and the page's for the worker that draws pictures.
    "trusted-types lit-html default",
  ].join("; ");
}

/** The first Chrome that knows `'wasm-unsafe-eval'`. */
const KNOWS_WASM = 97;

/**
 * What lets WebAssembly start. Older Chromes have only the wider word for it; what it would let in
 * besides, text run as code, Trusted Types keep out there: the page has no policy that makes any.
 */
function wordForWasm(request: Request): string {
  const version = /Chrom(?:e|ium)\/(\d+)/.exec(request.headers.get("User-Agent") ?? "")?.[1];
  const old = version !== undefined && Number(version) < KNOWS_WASM;
  return old ? "'unsafe-eval'" : "'wasm-unsafe-eval'";
}
