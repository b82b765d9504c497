export type { SecretOptions, SendMessageOptions, SentMessage } from "./dist/index.js";
export { sendMediaMessage } from "./dist/index.js";
