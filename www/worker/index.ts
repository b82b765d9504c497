import { createMediaHandler, type MediaHandlerOptions } from "divar-chat-media/edge";
import { failure, json, methodNotAllowed, Refusal } from "./answer.js";
import { getConversation } from "./conversation.js";
import type { Env } from "./env.js";
import { requireSameOrigin } from "./guard.js";
import { page } from "./page.js";

const CONVERSATION = "/divar/conversations/";

/** The demo's secret side: it holds the API key, so that the page need not. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/divar/")) return page(request, env);
    if (request.method === "POST") return createMediaHandler(media(env))(request);
    if (request.method !== "GET") return methodNotAllowed("GET, POST");
    try {
      requireSameOrigin(request);
      return json(await read(pathname, env));
    } catch (error) {
      return failure(error);
    }
  },
};

/** Tokens and messages. */
function media(env: Env): MediaHandlerOptions {
  return {
    apiKey: env.DIVAR_API_KEY,
    openApiUrl: env.DIVAR_OPEN_API_URL,
    // A real app asks here whose session this is, and which conversations are theirs.
    // The composer lets its visitor write buttons, which an app for everyone would not.
    authorize: () => ({ conversations: [env.DIVAR_CONVERSATION_ID], buttons: true }),
    onError: (error) => console.warn(error),
  };
}

/** What the page wants to know besides. */
async function read(pathname: string, env: Env): Promise<unknown> {
  if (pathname === "/divar/config") {
    return { chatUrl: env.DIVAR_CHAT_URL, conversationId: env.DIVAR_CONVERSATION_ID };
  }
  if (pathname.startsWith(CONVERSATION)) {
    const conversationId = decodeSegment(pathname.slice(CONVERSATION.length));
    if (conversationId !== env.DIVAR_CONVERSATION_ID) {
      throw new Refusal(403, "foreign_conversation", "This demo serves one conversation only.");
    }
    return getConversation(conversationId, env);
  }
  throw new Refusal(404, "no_route", `Nothing answers GET ${pathname}.`);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, "wrong_path", "The conversation's id is not percent-encoded text.");
  }
}
