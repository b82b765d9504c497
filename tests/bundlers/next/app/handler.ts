import { createMediaHandler } from "divar-chat-media/edge";

const { DIVAR_API_KEY: apiKey = "", DIVAR_OPEN_API_URL: openApiUrl = "" } = process.env;

/** `POST …/token` and `POST …/messages`, for both of Next's runtimes. */
export function POST(request: Request): Promise<Response> {
  // Made here and not above: a build loads this file too, and has no key.
  const handle = createMediaHandler({
    apiKey,
    openApiUrl,
    authorize: () => ({ conversations: ["6Gq+m/D7="] }),
  });
  return handle(request);
}
