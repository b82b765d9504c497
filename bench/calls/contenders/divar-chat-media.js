export { buildMediaMessage, getUploadToken, uploadMedia } from "divar-chat-media";

export const name = "divar-chat-media";
