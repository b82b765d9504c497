// A Worker that gives upload tokens by nothing but fetch: no limits, no checks, no log.
export default {
  async fetch(request, { UPSTREAM }) {
    if (request.headers.get("Content-Type") !== "application/json") {
      return new Response(null, { status: 415 });
    }
    const answer = await fetch(`${UPSTREAM}/experimental/open-platform/chat/upload`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-api-key": "k" },
      body: "{}",
    });
    const { token } = await answer.json();
    return Response.json({ token });
  },
};
