import { uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import { pooled } from "./pool.js";

export const name = "divar-chat-media";

/** Uploads with these further options. */
export const startWith = (options) =>
  pooled(async (file, { base, key, type }) => {
    const token = ({ signal }) =>
      getUploadToken({ apiKey: key, openApiUrl: base, dangerouslyAllowBrowser: true, signal });
    const { id } = await uploadMedia(file, type, { token, chatUrl: base, ...options });
    return id;
  });

export const start = startWith({});
