import type { KeyOptions } from "./api-key.js";
import type { ButtonActions, ButtonGrid } from "./button.js";
import type { MediaType } from "./upload.js";

/** The options of `createMediaHandler`. */
export interface MediaHandlerOptions extends KeyOptions {
  /**
   * Identifies the user by the app's own session, and says what the user may do. Return nothing for
   * an unknown user: the request is answered with 401. Called for each request except pre-flights.
   */
  authorize: (
    request: Request,
  ) =>
    | MediaPermission
    | null
    | undefined
    | false
    | Promise<MediaPermission | null | undefined | false>;
  /**
   * The longest time that `authorize`, `accessToken` or a `buttons` function may take, in
   * milliseconds. After it the request is answered with 504.
   * @defaultValue 10,000
   */
  authorizeTimeout?: number;
  /**
   * Further origins whose pages may call, beside the handler's own, such as
   * `"https://app.example.ir"`. Each is written as `URL.origin` writes it; anything else (`"*"`, a
   * slash at the end, capitals, `"null"`) is an error. Credentials are never allowed across origins.
   * @defaultValue none
   */
  allowedOrigins?: readonly string[];
  /**
   * Lets pages call whose `Origin` is `"null"`. Every sandboxed frame and every local file has this
   * origin, also those of strangers.
   * @defaultValue `false`
   */
  allowOpaqueOrigin?: boolean;
  /** Whether the route `POST …/token` exists. @defaultValue `true` */
  token?: boolean;
  /** Whether the route `POST …/messages` exists. @defaultValue `true` */
  messages?: boolean;
  /**
   * Whether the route `POST …/upload/{type}?name=…` exists. It passes the file, which is the bare body,
   * on to Divar without buffering it.
   * @defaultValue `false`: pages upload to Divar themselves
   */
  relay?: boolean;
  /** Gets the user's OAuth access token, for the targets `user` and `conversation`. */
  accessToken?: (message: MessageAddress) => string | Promise<string>;
  /**
   * Called for the app's log with what failed between the handler and Divar, with what a function of
   * the app threw, and with an error of the code `forbidden` when an origin is refused; not when a
   * client goes away. The page gets the code of the error only. What the function throws or rejects
   * with is ignored.
   */
  onError?: (error: unknown, request: Request) => void;
  /**
   * Divar's chat host, or a replacement for it such as an emulator. `https:` or on this machine.
   * @defaultValue `"https://chat.divar.ir"`
   */
  chatUrl?: string | URL;
  /** The longest wait for an answer from Divar, in milliseconds. @defaultValue 30,000 */
  answerTimeout?: number;
  /** The longest time without a byte of a relayed file, in milliseconds. @defaultValue 30,000 */
  stallTimeout?: number;
  /** Replaces the platform's own `fetch`, for a service binding or a test. */
  fetch?: typeof globalThis.fetch;
}

/** What a user may do. */
export interface MediaPermission {
  /** The media types of the files that may be relayed. @defaultValue all */
  types?: readonly MediaType[] | ReadonlySet<MediaType>;
  /**
   * Whether the user may get an upload token from `POST …/token`. A token serves for every media type.
   * @defaultValue `true` if `types` is absent or lists all four types, otherwise `false`
   */
  uploadToken?: boolean;
  /** The ids of the conversations that messages may be sent to. @defaultValue none */
  conversations?: readonly string[] | ReadonlySet<string>;
  /** The ids of the users that messages may be sent to, through the chatbot. @defaultValue none */
  users?: readonly string[] | ReadonlySet<string>;
  /**
   * Which buttons the user's messages may carry. They are shown in the app's name, so by default a
   * message with buttons is refused. `true` allows all, an object those that it lists, and a function
   * decides about each message. An `open_direct_link` must be `https:` in every case.
   * @defaultValue `false`
   */
  buttons?:
    | boolean
    | ButtonPermission
    | ((message: HandedOverMessage) => boolean | Promise<boolean>);
}

/** The buttons that a user's messages may carry. */
export interface ButtonPermission {
  /** The actions that buttons may have. @defaultValue none */
  actions?: readonly (keyof ButtonActions)[];
  /**
   * The host names that `open_direct_link` may open, such as `"divar.ir"`; each matches itself and no
   * subdomain.
   * @defaultValue none
   */
  hosts?: readonly string[];
}

/** A message that a page has handed over to `POST …/messages`. */
export type HandedOverMessage = { mediaToken: string } & (
  | { target: "chatbot"; conversationId: string; buttons?: ButtonGrid }
  | { target: "user"; userId: string; buttons?: ButtonGrid }
  | {
      target: "conversation";
      conversationId: string;
      senderButtons?: ButtonGrid;
      receiverButtons?: ButtonGrid;
    }
);

/** The destination of a message that needs the user's access token. */
export type MessageAddress = { request: Request } & (
  | { target: "user"; userId: string }
  | { target: "conversation"; conversationId: string }
);

/** Answers a request to one of the app's media routes. Never rejects. */
export type MediaHandler = (request: Request) => Promise<Response>;
