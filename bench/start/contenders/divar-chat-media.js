// The package, as a page imports it.
import { buildMediaMessage, getUploadToken, uploadMedia } from "divar-chat-media";

export { uploadMedia };

/** A call that gives a promise: one that is refused before anything is sent. */
export const first = () => getUploadToken().catch(({ code }) => code === "invalid_argument");

/** A call that gives its value at once. */
export const firstSync = () => buildMediaMessage("m").media_token === "m";
