import { prepareMedia } from "divar-chat-media/prepare";

export const name = "divar-chat-media";

/** As large as the photograph is: heic-to makes none smaller. */
export const toJpeg = (file) => prepareMedia(file, "image", { longestEdge: 4000 });

export { start } from "../../prepare/contenders/divar-chat-media.js";
