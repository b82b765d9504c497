import { createMediaHandler } from "divar-chat-media/edge";
import { yourSession } from "./session.js";

export default {
  async fetch(request, env) {
    const handle = createMediaHandler({
      apiKey: env.DIVAR_API_KEY,
      authorize: async (request) => {
        const user = await yourSession(request); // who asks? Nobody gets 401.
        return user && { conversations: user.conversations }; // where they may write
      },
      onError: (error) => console.error(error), // the page is told a code, your log the reason
    });
    return handle(request);
  },
};
