import { createMediaHandler } from "divar-chat-media/edge";

const {
  DIVAR_API_KEY: apiKey = "",
  DIVAR_OPEN_API_URL: openApiUrl = "https://open-api.divar.ir",
  DIVAR_CONVERSATION_ID: conversationId = "",
} = process.env;

/** `POST …/token` and `POST …/messages`, for both of Next's runtimes. */
export function POST(request: Request): Promise<Response> {
  // Made here and not above: a build loads this file too, and has no key.
  const handle = createMediaHandler({
    apiKey,
    openApiUrl,
    // Your app looks up the session here: who asks, and where they may write.
    authorize: () => ({ conversations: [conversationId] }),
    onError: (error) => console.error(error),
  });
  return handle(request);
}
