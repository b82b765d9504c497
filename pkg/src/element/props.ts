import type { ComposerEventMap } from "./events.js";
import type { DivarMediaComposer } from "./media-composer.js";

/** The properties that an app sets. */
export type ComposerProperties = Partial<
  Pick<
    DivarMediaComposer,
    | "endpoint"
    | "target"
    | "conversationId"
    | "userId"
    | "chatUrl"
    | "headers"
    | "relay"
    | "accept"
    | "maxFiles"
    | "longestEdge"
    | "buttons"
    | "convert"
    | "senderButtons"
    | "receiverButtons"
    | "strings"
    | "disabled"
    | "pageWide"
    | "persist"
    | "name"
  >
>;

/** The attributes whose names differ from those of their properties, for markup that a server writes. */
export interface ComposerAttributes {
  "conversation-id"?: string;
  "user-id"?: string;
  "chat-url"?: string;
  "max-files"?: number | string;
  "longest-edge"?: number | string;
  "page-wide"?: boolean | "";
}

/** The listeners of the composer's events, as `ondivar-sent`. */
export type ComposerListeners = {
  [Name in keyof ComposerEventMap as `on${Name}`]?: (event: ComposerEventMap[Name]) => void;
};
