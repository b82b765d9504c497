import { getUploadToken, MediaQueue, sendMedia } from "../page.js";
import type { SentMessage } from "../types/message.js";
import type { QueuedMedia } from "../types/queue.js";
import type { SendMediaOptions } from "../types/send.js";
import type { EndpointTokenOptions } from "../types/token.js";

/** What the composer passes on to the functions of the main entry. */
export interface QueueSource {
  /** How a token is fetched. */
  tokenOptions(): EndpointTokenOptions;
  /** How a file is sent. */
  sendOptions(file: Blob): SendMediaOptions;
  /** Resolves when the message may be begun. */
  messageBegins(file: Blob): Promise<void>;
  changed(entry: QueuedMedia<SentMessage>): void;
}

export const createQueue = (source: QueueSource): MediaQueue<SentMessage> =>
  new MediaQueue<SentMessage>({
    token: ({ signal }) => getUploadToken({ ...source.tokenOptions(), signal }),
    send: (file, context) =>
      sendMedia(file, {
        ...source.sendOptions(file),
        ...context,
        beforeMessage: async (mediaToken) => {
          await context.beforeMessage(mediaToken);
          await source.messageBegins(file);
        },
      }),
    onChange: (entry) => source.changed(entry),
  });
