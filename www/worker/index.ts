import { getUploadToken } from "divar-chat-media";
import { sendMediaMessage } from "divar-chat-media/edge";
import type { Stage } from "./answer.js";
import { failure, json, Refusal } from "./answer.js";
import { getConversation, LIMIT_MS } from "./conversation.js";
import type { Env } from "./env.js";
import { readJson, requireSameOrigin, requireText } from "./guard.js";
import { page } from "./page.js";

const CONVERSATION = "/divar/conversations/";

/** The demo's secret side: it holds the API key, so that the page need not. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/divar/")) return page(request, env);
    try {
      requireSameOrigin(request);
      return json(await serve(request, pathname, env));
    } catch (error) {
      return failure(error, stageOf(pathname));
    }
  },
};

async function serve(request: Request, pathname: string, env: Env): Promise<unknown> {
  const route = `${request.method} ${pathname}`;
  if (route === "GET /divar/config") {
    return { chatUrl: env.DIVAR_CHAT_URL, conversationId: env.DIVAR_CONVERSATION_ID };
  }
  if (route === "POST /divar/token") return mintToken(request, env);
  if (route === "POST /divar/messages") return sendMessage(request, env);
  if (route.startsWith(`GET ${CONVERSATION}`)) {
    const conversationId = decodeSegment(pathname.slice(CONVERSATION.length));
    allowConversation(conversationId, env);
    return getConversation(conversationId, env);
  }
  throw new Refusal(404, "no_route", `Nothing answers ${route}.`);
}

async function mintToken(request: Request, env: Env): Promise<{ token: string }> {
  await readJson(request);
  // A real app checks its user's session here: whoever gets this token may upload in the app's name.
  const { DIVAR_API_KEY: apiKey, DIVAR_OPEN_API_URL: openApiUrl } = env;
  // The page tries again by itself; doing so here too would multiply the tries.
  return { token: await getUploadToken({ apiKey, openApiUrl, timeout: LIMIT_MS, retries: 0 }) };
}

async function sendMessage(request: Request, env: Env): Promise<{ conversation_id: string }> {
  const body = await readJson(request);
  const mediaToken = requireText(body, "media_token");
  const conversationId = requireText(body, "conversation_id");
  allowConversation(conversationId, env);
  const sent = await sendMediaMessage(mediaToken, {
    target: "chatbot",
    conversationId,
    apiKey: env.DIVAR_API_KEY,
    openApiUrl: env.DIVAR_OPEN_API_URL,
    timeout: LIMIT_MS,
  });
  return { conversation_id: sent.conversationId };
}

/** A real app asks here whether the conversation belongs to the user of this session. */
function allowConversation(conversationId: string, env: Env): void {
  if (conversationId !== env.DIVAR_CONVERSATION_ID) {
    throw new Refusal(403, "foreign_conversation", "This demo serves one conversation only.");
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, "wrong_path", "The conversation's id is not percent-encoded text.");
  }
}

function stageOf(pathname: string): Stage {
  if (pathname === "/divar/token") return "token";
  return pathname === "/divar/messages" ? "message" : "conversation";
}
