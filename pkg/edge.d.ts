export type {
  MediaHandlerOptions,
  MediaPermission,
  MessageAddress,
  SecretOptions,
  SendMessageOptions,
  SentMessage,
} from "./dist/index.js";
export { createMediaHandler, getUploadToken, sendMediaMessage } from "./dist/index.js";
