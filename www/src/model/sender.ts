import type { ButtonGrid, SentMessage } from "divar-chat-media";
import { getUploadToken, MediaQueue, type QueuedMedia, sendMedia } from "divar-chat-media";
import { getConfig } from "../routes.js";

const endpoint = "/divar";
const whenOffline = "wait";

/** The queue that sends files into the conversation, three at a time. */
export function makeQueue(
  buttonsOf: (file: Blob) => ButtonGrid | undefined,
  onChange: (entry: QueuedMedia<SentMessage>) => void,
): MediaQueue<SentMessage> {
  return new MediaQueue<SentMessage>({
    concurrency: 3,
    token: ({ signal }) => getUploadToken({ endpoint, whenOffline, signal }),
    send: async (file, context) => {
      const { chatUrl, conversationId } = await getConfig();
      const buttons = buttonsOf(file);
      const message = { conversationId, ...(buttons && { target: "chatbot" as const, buttons }) };
      return sendMedia(file, { endpoint, chatUrl, whenOffline, ...message, ...context });
    },
    onChange,
  });
}
