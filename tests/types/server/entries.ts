// Every entry in a server project that has no types of the DOM.
import { isDivarError, type SentMessage, uploadMedia } from "divar-chat-media";
import { createMediaHandler, sendMediaMessage } from "divar-chat-media/edge";
import { inspectMedia, prepareMedia, recordVoice } from "divar-chat-media/prepare";

export const handler: (request: Request) => Promise<Response> = createMediaHandler({
  apiKey: "k",
  authorize: () => ({ uploadToken: true }),
});

export async function send(file: File): Promise<SentMessage> {
  const { format } = await inspectMedia(file);
  const prepared: File = format === "jpeg" ? await prepareMedia(file, "image") : file;
  const { id } = await uploadMedia(prepared, "image", { token: "t" });
  return sendMediaMessage(id, { apiKey: "k", target: "chatbot", conversationId: "c" });
}

export async function refused(): Promise<boolean> {
  return recordVoice({ stream: { getAudioTracks: () => [] } }).then(
    () => false,
    (error) => isDivarError(error) && error.code === "invalid_argument",
  );
}
