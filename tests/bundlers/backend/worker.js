import { createMediaHandler } from "divar-chat-media/edge";
import { yourSession } from "./session.js";

export default {
  async fetch(request, env) {
    const handle = createMediaHandler({
      apiKey: env.DIVAR_API_KEY,
      authorize: async (request) => {
        const user = await yourSession(request);
        if (!user) return undefined; // answered with 401
        return { conversations: user.conversations }; // where this user may write
      },
      onError: (error) => console.error(error), // the page gets the code only
    });
    return handle(request);
  },
};
