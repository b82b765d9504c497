// A Worker by hand that checks the route, the origin and the body, and limits the wait for Divar's answer, as
// the handler does.
const LIMIT = 30_000;

export default {
  async fetch(request, { UPSTREAM }) {
    const { pathname, origin } = new URL(request.url);
    const from = request.headers.get("Origin");
    if (pathname !== "/divar/token" || (from !== null && from !== origin)) {
      return new Response(null, { status: 404 });
    }
    if (request.headers.get("Content-Type") !== "application/json") {
      return new Response(null, { status: 415 });
    }
    const body = JSON.parse(await request.text());
    if (typeof body !== "object") return new Response(null, { status: 400 });
    return Response.json({ token: await mint(UPSTREAM, request.signal) }, { headers: HEADERS });
  },
};

const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  Vary: "Origin",
};

/** Mints a token; given up when the client is gone or after the limit. */
async function mint(upstream, signal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort);
  const timer = setTimeout(abort, LIMIT);
  try {
    const answer = await fetch(`${upstream}/experimental/open-platform/chat/upload`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-api-key": "k" },
      body: "{}",
      redirect: "manual",
      signal: controller.signal,
    });
    const { token } = JSON.parse(await answer.text());
    return token;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
