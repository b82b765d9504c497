// What an edge or server developer writes, and what must not pass.
import {
  createMediaHandler,
  type HandedOverMessage,
  type MediaHandlerOptions,
  type MediaPermission,
  type SendMessageOptions,
  type SentMessage,
  sendMediaMessage,
} from "divar-chat-media/edge";

const apiKey = "k";

export async function send(mediaToken: string): Promise<string | undefined> {
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
export const withConsent: SendMessageOptions = {
  apiKey,
  target: "chatbot",
  conversationId: "c",
  accessToken: "a",
  openApiUrl: "http://emulator:9310",
  allowInsecureHttp: true,
};
// @ts-expect-error Divar may not say which conversation a message to a user went to
export const certain: (sent: SentMessage) => string = (sent) => sent.conversationId;
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

declare const request: Request;
declare function log(...said: unknown[]): Promise<void>;
declare function isAllowed(message: HandedOverMessage): Promise<boolean>;

export const handler: Promise<Response> = createMediaHandler({
  apiKey,
  authorize: async () => ({
    types: new Set(["image", "voice"] as const),
    uploadToken: true,
    conversations: new Set(["c"]),
    users: ["u"],
    buttons: { actions: ["open_direct_link"], hosts: ["divar.ir"] },
  }),
  authorizeTimeout: 5_000,
  allowedOrigins: ["https://app.example.ir"],
  allowOpaqueOrigin: false,
  token: false,
  messages: true,
  relay: true,
  accessToken: ({ request, target }) => `${request.url} ${target}`,
  onError: async (error) => log(error),
})(request);
export const permissions: MediaPermission[] = [
  {},
  { buttons: true },
  {
    buttons: (message) =>
      message.target === "conversation" ? message.senderButtons === undefined : isAllowed(message),
  },
  { buttons: isAllowed },
];
// @ts-expect-error there is no such action
export const wrongAction: MediaPermission = { buttons: { actions: ["close"] } };
// @ts-expect-error there is no such type
export const wrongType: MediaPermission = { types: ["picture"] };
// @ts-expect-error without authorize nobody would be asked
export const open: MediaHandlerOptions = { apiKey };
