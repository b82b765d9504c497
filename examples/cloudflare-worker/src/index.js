// A Worker that holds the key. The page is a static asset beside it.
import { createMediaHandler } from "divar-chat-media/edge";

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/chat") {
      return Response.json({
        chatUrl: env.DIVAR_CHAT_URL,
        conversationId: env.DIVAR_CONVERSATION_ID,
      });
    }
    if (!pathname.startsWith("/divar/")) return new Response("Not found", { status: 404 });
    const handle = createMediaHandler({
      apiKey: env.DIVAR_API_KEY,
      openApiUrl: env.DIVAR_OPEN_API_URL,
      // Your app looks up the session here: who asks, and where they may write.
      authorize: () => ({ conversations: [env.DIVAR_CONVERSATION_ID] }),
      onError: (error) => console.error(error),
    });
    return handle(request);
  },
};
