// The page: sends the chosen file into the chat, and shows how far it is.
import { isDivarError, sendMedia } from "divar-chat-media";

const input = document.querySelector("input");
const output = document.querySelector("output");

const { chatUrl, conversationId } = await (await fetch("/chat")).json();
input.disabled = false;

input.addEventListener("change", async () => {
  const file = input.files[0];
  if (!file) return;
  const onProgress = ({ loaded, total }) => {
    output.value = `${Math.round((100 * loaded) / total)}٪`;
  };
  try {
    await sendMedia(file, { endpoint: "/divar", conversationId, chatUrl, onProgress });
    output.value = "فرستاده شد";
  } catch (error) {
    if (!isDivarError(error)) throw error;
    output.value = error.userMessage.fa;
  }
});
