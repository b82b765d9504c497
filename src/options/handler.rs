//! The options of `createMediaHandler`.

use wasm_bindgen::prelude::*;

use super::{Options, key, wait};
use crate::contract::route;
use crate::edge::Handler;
use crate::error::{Error, Stage};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** What the app's handler needs, and whom it serves. */
export interface MediaHandlerOptions extends KeyOptions {
  /**
   * Says who asks, by the app's own session, and what they may do; nothing for who is not known. It is
   * asked for each request but a pre-flight.
   */
  authorize: (
    request: Request,
  ) => MediaPermission | null | undefined | false | Promise<MediaPermission | null | undefined | false>;
  /**
   * The origins, such as `"https://app.example.ir"`, whose pages may call beside those of the
   * handler's own. Credentials are never allowed across origins.
   * @defaultValue none
   */
  allowedOrigins?: readonly string[];
  /**
   * Whether files are relayed to Divar: `POST …/upload/{type}?name=…` with the bare file as the body.
   * @defaultValue `false`: pages upload to Divar themselves
   */
  relay?: boolean;
  /** Gets the OAuth access token of the user, for the targets `user` and `conversation`. */
  accessToken?: (message: MessageAddress) => string | Promise<string>;
  /**
   * The app's log: told what failed between here and Divar, with Divar's own reason, or what a function
   * of the app's threw. The page is told a code only.
   */
  onError?: (error: unknown, request: Request) => void;
  /**
   * Divar's chat host or what stands for it, https or loopback.
   * @defaultValue `"https://chat.divar.ir"`
   */
  chatUrl?: string | URL;
  /** The longest wait for an answer of Divar's, in milliseconds. @defaultValue 30,000 */
  answerTimeout?: number;
  /** The longest that no byte of a relayed file may move, in milliseconds. @defaultValue 30,000 */
  stallTimeout?: number;
  /** What stands for the platform's own `fetch`: a service binding's, or a test's. */
  fetch?: typeof globalThis.fetch;
}

/** What a user may do. */
export interface MediaPermission {
  /** The types of the files that are relayed. @defaultValue all */
  types?: readonly MediaType[];
  /** The conversations that messages may be sent to. @defaultValue none */
  conversations?: readonly string[];
  /** The users that messages may be sent to, through the chatbot. @defaultValue none */
  users?: readonly string[];
}

/** Where a message goes that needs the user's consent. */
export type MessageAddress = { request: Request } & (
  | { target: "user"; userId: string }
  | { target: "conversation"; conversationId: string }
);

/**
 * Makes the handler of an app's own media routes: `POST …/token`, `POST …/messages` and, where the app
 * turns it on, `POST …/upload/{type}`, below any path. It takes a `Request` and gives a `Response`, and
 * never rejects.
 * @throws {DivarMediaError} `invalid_argument`: `apiKey` or `authorize` is missing, or an option is wrong
 */
export function createMediaHandler(options: MediaHandlerOptions): (request: Request) => Promise<Response>;
"#;

/// Reads the options.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(object: &JsValue) -> Result<Handler, Error> {
    let options = Options::new(Stage::Token, object)?;
    let authorize = options.function("authorize")?;
    Ok(Handler {
        key: key::read(&options)?,
        authorize: authorize.ok_or_else(|| options.refuse(&["authorize is required"]))?,
        allowed_origins: options.strings("allowedOrigins")?,
        relays: options.is_set("relay")?,
        access_token: options.function("accessToken")?,
        on_error: options.function("onError")?,
        open_api: options.base("openApiUrl", route::OPEN_API)?,
        chat: options.base("chatUrl", route::CHAT)?,
        call: wait::call(&options, wait::ANSWER)?,
    })
}
