import { methodNotAllowed } from "./answer.js";
import type { Env } from "./env.js";

/** A file of the built page, with the headers that say what it may load and how long it is kept. */
export async function page(request: Request, env: Env): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed("GET, HEAD");
  const asset = await env.ASSETS.fetch(request);
  const response = new Response(asset.body, asset);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Cache-Control", cacheControl(request, asset));
  if (asset.headers.get("Content-Type")?.startsWith("text/html")) {
    response.headers.set("Content-Security-Policy", contentSecurityPolicy(request, env));
    response.headers.append("Vary", "User-Agent");
    response.headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
    response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.set("Referrer-Policy", "no-referrer");
  }
  return response;
}

/** What has a hash in its name never changes; a file that is missing may be there after a deployment. */
function cacheControl(request: Request, { ok }: Response): string {
  const isHashed = new URL(request.url).pathname.startsWith("/assets/");
  if (!ok) return "no-store";
  return isHashed ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate";
}

function contentSecurityPolicy(request: Request, env: Env): string {
  const chat = new URL(env.DIVAR_CHAT_URL).origin;
  return [
    "default-src 'none'",
    `script-src 'self' ${wordForWasm(request)}`,
    "style-src 'self'",
    "font-src 'self'",
    // The AAC encoder runs in a worker from a `blob:` URL.
    "worker-src 'self' blob:",
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
