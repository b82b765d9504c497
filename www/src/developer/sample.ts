import type { ButtonGrid } from "divar-chat-media";

/** The few lines that do what this page does, with the buttons that were put together. */
export function sample({ rows }: ButtonGrid): string {
  const buttons = rows.length > 0 ? `\n  target: "chatbot",\n  buttons: ${literal(rows)},` : "";
  return `import { sendMedia } from "divar-chat-media";
import { prepareMedia } from "divar-chat-media/prepare";

const file = await prepareMedia(input.files[0]);
await sendMedia(file, {
  endpoint: "/divar",
  conversationId,${buttons}
  onProgress: ({ loaded, total, phase }) =>
    show(loaded / total, phase),
});`;
}

function literal(rows: ButtonGrid["rows"]): string {
  const json = JSON.stringify({ rows }, undefined, 2);
  return json.replaceAll(/"([a-z_]+)":/g, "$1:").replaceAll("\n", "\n  ");
}
