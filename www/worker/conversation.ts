import { Unavailable } from "./answer.js";
import type { Env } from "./env.js";

/** How long Divar may take to answer. */
const LIMIT_MS = 20_000;

/**
 * Divar's GetConversation: `{conversation, messages}`, oldest message first. Needs the key permission
 * CHAT_READ_CONVERSATION and an OAuth token with the scope CHAT_CONVERSATION_READ.
 */
export async function getConversation(conversationId: string, env: Env): Promise<unknown> {
  const response = await ask(conversationId, env);
  if (!response.ok) {
    await response.body?.cancel();
    throw new Unavailable(`Divar answered the conversation with HTTP ${response.status}.`);
  }
  try {
    return await response.json();
  } catch {
    throw new Unavailable("Divar's answer could not be read as JSON.");
  }
}

async function ask(conversationId: string, env: Env): Promise<Response> {
  const base = env.DIVAR_OPEN_API_URL.replace(/\/$/, "");
  const path = `/v1/open-platform/chat/conversations/${encodeURIComponent(conversationId)}`;
  const headers = {
    "x-api-key": env.DIVAR_API_KEY,
    Authorization: `Bearer ${env.DIVAR_ACCESS_TOKEN}`,
  };
  try {
    return await fetch(base + path, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch {
    throw new Unavailable("Divar could not be reached.");
  }
}
