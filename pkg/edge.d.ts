export type { SecretOptions, SendMessageOptions, SentMessage } from "./dist/index.js";
export { getUploadToken, sendMediaMessage } from "./dist/index.js";
