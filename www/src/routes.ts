import { RouteError } from "./failure.js";

/** How long one of the demo's own routes may take. */
const LIMIT_MS = 30_000;

/** What the page must know before it can send: `GET /divar/config`. */
export interface Config {
  /** Where files are uploaded to: Divar's chat host. */
  chatUrl: string;
  /** The conversation that the demo shows. */
  conversationId: string;
}

export interface MediaData {
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
  image_data?: MediaData & { width_px?: number; height_px?: number };
  video_data?: MediaData & { thumbnail_link?: string };
  voice_data?: MediaData;
  file_data?: MediaData & { name?: string };
}

let config: Promise<Config> | undefined;

/** Asked for once; again where that failed. */
export function getConfig(): Promise<Config> {
  config ??= (call("/divar/config") as Promise<Config>).catch((error) => {
    config = undefined;
    throw error;
  });
  return config;
}

/** The conversation's messages, oldest first. */
export async function getMessages(conversationId: string): Promise<Message[]> {
  const path = `/divar/conversations/${encodeURIComponent(conversationId)}`;
  return ((await call(path)) as { messages?: Message[] }).messages ?? [];
}

async function call(path: string): Promise<unknown> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LIMIT_MS);
  try {
    const response = await fetch(path, { signal: limit.signal });
    const answer: unknown = await response.json();
    if (!response.ok) throw RouteError.fromAnswer(answer, response.status);
    return answer;
  } catch (error) {
    throw error instanceof RouteError ? error : new RouteError("network");
  } finally {
    clearTimeout(timer);
  }
}
