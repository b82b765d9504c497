import { getUploadToken } from "divar-chat-media";
import { sendMediaMessage } from "divar-chat-media/edge";
import { yourSession } from "./session.js";

export default {
  async fetch(request, env) {
    const user = await yourSession(request); // who asks, and may they?
    if (!user) return new Response(null, { status: 401 });
    const apiKey = env.DIVAR_API_KEY;

    switch (new URL(request.url).pathname) {
      case "/divar/token": {
        const token = await getUploadToken({ apiKey });
        return Response.json({ token }, { headers: { "Cache-Control": "no-store" } });
      }
      case "/divar/messages": {
        const { media_token } = await request.json();
        const to = { target: "chatbot", conversationId: user.conversationId };
        return Response.json(await sendMediaMessage(media_token, { apiKey, ...to }));
      }
    }
    return new Response(null, { status: 404 });
  },
};
