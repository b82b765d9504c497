import { MediaQueue, uploadMedia } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { prepareMedia } from "divar-chat-media/prepare";
import { CONCURRENCY } from "./pool.js";

export const name = "divar-chat-media, prepareMedia in a MediaQueue";

const CONVERSATION = { target: "chatbot", conversationId: "bench" };

const convert = () => import("divar-chat-media/convert");

/** All files are prepared from their selection on, two at a time; the queue sends those that are ready. */
export function start({ base, key, type }) {
  const prepared = new Map();
  const secret = { apiKey: key, openApiUrl: base, dangerouslyAllowBrowser: true };
  const queue = new MediaQueue({
    concurrency: CONCURRENCY,
    token: ({ signal }) => getUploadToken({ ...secret, signal }),
    async send(file, { signal, token, onProgress }) {
      const ready = await prepared.get(file);
      const options = { token, chatUrl: base, signal, onProgress };
      const { id } = await uploadMedia(ready, type, options);
      await sendMediaMessage(id, { ...secret, ...CONVERSATION, signal });
    },
  });
  return async (files) => {
    for (const file of files) {
      prepared.set(file, prepareMedia(file, type, { convert }));
      queue.add(file);
    }
    const [failed] = (await queue.settled()).filter(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
  };
}
