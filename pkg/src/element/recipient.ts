import type { ButtonGrid } from "../types/button.js";
import type { ChatbotMessageOptions, ConversationMessageOptions } from "../types/message.js";

/** Who receives a message, as the attributes of the composer say it. */
export interface Recipient {
  target: "chatbot" | "user" | "conversation";
  conversationId: string | undefined;
  userId: string | undefined;
}

/** The options of `sendMedia` that address a message. */
type MessageOptions =
  | (ChatbotMessageOptions & { target: "chatbot"; conversationId: string })
  | (ChatbotMessageOptions & { target: "user"; userId: string })
  | (ConversationMessageOptions & { conversationId: string });

/** The buttons under a message, for whichever target it has. */
export interface MessageButtons {
  readonly buttons: ButtonGrid | undefined;
  readonly senderButtons: ButtonGrid | undefined;
  readonly receiverButtons: ButtonGrid | undefined;
}

/** An id that is missing is passed on as the empty string, which `sendMedia` refuses. */
export function messageOptions(
  { target, conversationId = "", userId = "" }: Recipient,
  { buttons, senderButtons, receiverButtons }: MessageButtons,
): MessageOptions {
  const under = buttons && { buttons };
  switch (target) {
    case "user":
      return { target, userId, ...under };
    case "conversation":
      return {
        target,
        conversationId,
        ...(senderButtons && { senderButtons }),
        ...(receiverButtons && { receiverButtons }),
      };
    default:
      return { target, conversationId, ...under };
  }
}
