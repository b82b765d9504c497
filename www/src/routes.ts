import { DELIVERY_UNKNOWN, RouteError } from "./failure.js";

/** How long one of the demo's own routes may take. */
const LIMIT_MS = 30_000;

const READ_LOST = "سرور این صفحه پاسخ نداد. اینترنت را بررسی کنید و «تازه‌سازی» را بزنید.";

/** What the page must know before it can send: `GET /divar/config`. */
export interface Config {
  /** Where files are uploaded to: Divar's chat host. */
  chatUrl: string;
  /** The conversation that the demo shows. */
  conversationId: string;
}

interface Media {
  link?: string;
  /** An unsigned 64-bit number, and so a string in JSON. */
  size_bytes?: string;
}

/** A message as Divar's GetConversation describes it; only what the page shows. */
export interface Message {
  id: string;
  type: "TEXT" | "IMAGE" | "VIDEO" | "VOICE" | "FILE" | "LOCATION" | "CONTACT";
  sent_at?: string;
  sender?: { side?: "BUYER" | "SELLER"; type?: "HUMAN" | "BOT" };
  text?: string;
  image_data?: Media & { width_px?: number; height_px?: number };
  video_data?: Media & { thumbnail_link?: string };
  voice_data?: Media;
  file_data?: Media & { name?: string };
}

export async function getConfig(): Promise<Config> {
  return (await call("/divar/config", {}, READ_LOST)) as Config;
}

/** The conversation's messages, oldest first. */
export async function getMessages(conversationId: string): Promise<Message[]> {
  const path = `/divar/conversations/${encodeURIComponent(conversationId)}`;
  const answer = (await call(path, {}, READ_LOST)) as { messages?: Message[] };
  return answer.messages ?? [];
}

/**
 * Sends a message. It is never repeated here: when the answer was lost, the message may have arrived,
 * and the error says so.
 */
export async function sendMessage(
  message: { media_token: string },
  conversationId: string,
): Promise<void> {
  const body = JSON.stringify({ ...message, conversation_id: conversationId });
  const headers = { "Content-Type": "application/json" };
  await call("/divar/messages", { method: "POST", headers, body }, DELIVERY_UNKNOWN);
}

/** `lost` is what to say where no answer came, or one that is no JSON. */
async function call(path: string, request: RequestInit, lost: string): Promise<unknown> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LIMIT_MS);
  try {
    const response = await fetch(path, { ...request, signal: limit.signal });
    const answer: unknown = await response.json();
    if (!response.ok) throw RouteError.fromAnswer(answer, response.status);
    return answer;
  } catch (error) {
    throw error instanceof RouteError ? error : new RouteError("network", lost);
  } finally {
    clearTimeout(timer);
  }
}
