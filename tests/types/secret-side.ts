// What an edge or server developer writes, and what must not pass.
import { type SendMessageOptions, type SentMessage, sendMediaMessage } from "divar-chat-media/edge";

const apiKey = "k";

export async function send(mediaToken: string): Promise<string> {
  const sent: SentMessage = await sendMediaMessage(mediaToken, {
    apiKey,
    target: "chatbot",
    conversationId: "c",
    buttons: { rows: [] },
  });
  return sent.conversationId;
}

export const others: SendMessageOptions[] = [
  { apiKey, target: "user", userId: "u", accessToken: "a" },
  {
    apiKey,
    target: "conversation",
    conversationId: "c",
    accessToken: "a",
    senderButtons: { rows: [] },
    openApiUrl: new URL("http://127.0.0.1:9310"),
  },
];
export const once: SendMessageOptions = {
  apiKey,
  target: "chatbot",
  conversationId: "c",
  // @ts-expect-error a message is never tried again
  retries: 1,
};
// @ts-expect-error a user's consent is needed
export const noConsent: SendMessageOptions = { apiKey, target: "user", userId: "u" };
// @ts-expect-error a chatbot's conversation is needed
export const noConversation: SendMessageOptions = { apiKey, target: "chatbot" };
// @ts-expect-error the key is needed
export const noKey: SendMessageOptions = { target: "chatbot", conversationId: "c" };
