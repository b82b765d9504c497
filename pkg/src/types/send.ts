import type { EndpointOptions } from "./address.js";
import type { ChatbotMessageOptions, ConversationMessageOptions } from "./message.js";
import type { TokenFunction } from "./token.js";
import type { DirectUploadOptions, MediaType } from "./upload.js";

/** How `sendMedia` sends a file, and where to. */
export type SendMediaOptions = SendMediaFileOptions &
  (
    | (Partial<ChatbotMessageOptions> & { target?: "chatbot"; conversationId: string })
    | (ChatbotMessageOptions & { target: "user"; userId: string })
    | (ConversationMessageOptions & { conversationId: string })
  );

/**
 * The options of `sendMedia` beside those of the message.
 *
 * The upload token comes from `POST {endpoint}/token` with the body `{}` and the answer
 * `{"token": "…"}`. The message is sent to `POST {endpoint}/messages` with the body
 * `{"target", "conversation_id" or "user_id", "media_token", …}`, the rest as in Divar's own body, and
 * the answer `{"conversation_id": "…"}`.
 */
export interface SendMediaFileOptions extends Omit<DirectUploadOptions, "token">, EndpointOptions {
  /** What the file is sent as. @defaultValue the media type of its content */
  type?: MediaType;
  /** Where the upload token comes from. @defaultValue `POST {endpoint}/token`, for each try */
  token?: string | TokenFunction;
  /**
   * Whether the file is sent through the app's server, too, as `uploadMedia` sends it with `endpoint`.
   * @defaultValue `false`: it is sent to Divar's chat host
   */
  relay?: boolean;
  /**
   * The media token of an earlier call (`error.mediaToken`): the file is not uploaded again, only the
   * message is sent. If that error's `deliveryUnknown` was true, the message may show twice.
   */
  mediaToken?: string;
  /**
   * Called with the media token once the file is uploaded. The message is sent when the returned
   * promise resolves; what the function throws or rejects with is thrown to the caller. `signal` and
   * `timeout` end the wait, too.
   */
  beforeMessage?: (mediaToken: string) => unknown;
}
