import { buildMediaMessage, getUploadToken, isDivarError, uploadMedia } from "divar-chat-media";
import { conversationId, input, show } from "./page.js";

input.addEventListener("change", async () => {
  const file = input.files?.[0];
  if (!file) return;
  try {
    const media = await uploadMedia(file, "image", {
      token: ({ signal }) => getUploadToken({ endpoint: "/divar", signal }), // your POST /divar/token
    });
    const message = buildMediaMessage(media.id, { target: "chatbot" }); // a complete body
    const answer = await fetch("/divar/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ conversation_id: conversationId, ...message }),
    });
    if (!answer.ok) throw new Error(`the message was refused with HTTP ${answer.status}`);
  } catch (error) {
    if (!isDivarError(error)) throw error;
    show(error.userMessage.fa); // «این فایل بزرگ‌تر از حد مجاز است. …»
  }
});
