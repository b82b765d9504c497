// Sends the chosen file with progress, and stops when the person cancels. The package is downloaded
// with the first file.
const input = find("input");
const cancel = find("button");
const progress = find("progress");
const output = find("output");

const options = {
  endpoint: "/divar",
  chatUrl: import.meta.env.VITE_DIVAR_CHAT_URL,
  conversationId: import.meta.env.VITE_DIVAR_CONVERSATION_ID,
};

input.addEventListener("change", async () => {
  const file = input.files?.[0];
  if (!file) return;
  const { isDivarError, sendMedia } = await import("divar-chat-media");
  const controller = new AbortController();
  cancel.disabled = false;
  cancel.onclick = () => controller.abort();
  try {
    await sendMedia(file, {
      ...options,
      signal: controller.signal,
      onProgress: ({ loaded, total }) => {
        progress.value = loaded / total;
      },
    });
    output.value = "فرستاده شد";
  } catch (error) {
    if (controller.signal.aborted) output.value = "لغو شد";
    else if (isDivarError(error)) output.value = error.userMessage.fa;
    else throw error;
  } finally {
    cancel.disabled = true;
  }
});

function find<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const element = document.querySelector(name);
  if (!element) throw new Error(`the page has no <${name}>`);
  return element;
}
