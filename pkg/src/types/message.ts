import type { KeyOptions } from "./api-key.js";
import type { ButtonGrid } from "./button.js";
import type { WaitOptions } from "./wait.js";

/** What a message from the app's chatbot may carry beside the media. */
export interface ChatbotMessageOptions {
  /** `"chatbot"`: a conversation with the app's chatbot; `"user"`: a user, through the chatbot. */
  target: "chatbot" | "user";
  /** The buttons under the message. */
  buttons?: ButtonGrid;
}

/** What a message between two users may carry beside the media. */
export interface ConversationMessageOptions {
  /** A conversation between two users. */
  target: "conversation";
  /** The buttons that the sender sees. */
  senderButtons?: ButtonGrid;
  /** The buttons that the recipient sees. */
  receiverButtons?: ButtonGrid;
}

/** The media token alone, for an app that builds the rest of the message itself. */
export interface MediaMessage {
  media_token: string;
}

/** The body of a message from the app's chatbot. Divar requires the empty text beside the media. */
export interface ChatbotMediaMessage extends MediaMessage {
  text_message: "";
  buttons?: ButtonGrid;
}

/** The body of a message between two users. Divar requires the empty text beside the media. */
export interface ConversationMediaMessage extends MediaMessage {
  message: "";
  sender_buttons?: ButtonGrid;
  receiver_buttons?: ButtonGrid;
}

/** Builds the body of a message. */
export interface BuildMediaMessage {
  /** The media token alone. */
  (mediaToken: string): MediaMessage;
  /** The whole body of a message from the app's chatbot. */
  (mediaToken: string, options: ChatbotMessageOptions): ChatbotMediaMessage;
  /** The whole body of a message between two users. */
  (mediaToken: string, options: ConversationMessageOptions): ConversationMediaMessage;
}

/** Where `sendMediaMessage` sends a message, and with which rights. */
export type SendMessageOptions = SecretOptions &
  (
    | (ChatbotMessageOptions & {
        target: "chatbot";
        conversationId: string;
        /**
         * The user's OAuth access token. Divar's OpenAPI description asks for one with the scope
         * `CHAT_BOT_USER_MESSAGE_SEND`, its prose and samples do not.
         * @defaultValue none: the key alone is sent
         */
        accessToken?: string;
      })
    | (ChatbotMessageOptions & { target: "user"; userId: string; accessToken: string })
    | (ConversationMessageOptions & { conversationId: string; accessToken: string })
  );

/**
 * What every message needs. A required `accessToken` is the OAuth token of a user who has consented:
 * with the scope `CHAT_BOT_USER_MESSAGE_SEND` for the target `user`, and for the target `conversation`
 * with one of `CONVERSATION_SEND_MESSAGE.{conversation_id}`,
 * `CHAT_POST_CONVERSATIONS_MESSAGE_SEND.{post_token}` and
 * `CHAT_SUPPLIER_ALL_CONVERSATIONS_MESSAGE_SEND`.
 */
export interface SecretOptions extends KeyOptions, WaitOptions {}

/** A message that Divar has accepted. */
export interface SentMessage {
  /**
   * The conversation that the message went to. For the target `user` it is the one that Divar found
   * or made, and absent if Divar's answer does not name it.
   */
  conversationId?: string;
}
