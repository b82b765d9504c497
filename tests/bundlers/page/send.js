import { isDivarError, sendMedia } from "divar-chat-media";
import { conversationId, input, show } from "./page.js";

input.addEventListener("change", async () => {
  const file = input.files?.[0];
  if (!file) return;
  try {
    await sendMedia(file, { endpoint: "/divar", conversationId });
  } catch (error) {
    if (!isDivarError(error)) throw error;
    show(error.userMessage.fa); // «این فایل بزرگ‌تر از حد مجاز است. …»
  }
});
