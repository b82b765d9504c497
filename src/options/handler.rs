//! The options of `createMediaHandler`.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::key;
use super::wait::WAIT;
use crate::edge::Handler;
use crate::error::Stage;
use crate::work::Work;

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

/// Longer lists of origins are read no further.
const LONGEST_LIST: u32 = 1000;

/// Reads the options.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(object: &JsValue) -> Result<Handler, JsValue> {
    let work = Work::new(object.clone(), Stage::Token as u32, 0.0);
    key::read(&work);
    if work.has("authorize") == 0 {
        work.refuse("authorize is required");
    }
    work.read("authorize( relay? accessToken( onError( chatUrl@=https://chat.divar.ir");
    work.read(WAIT);
    let allowed_origins = origins(&work);
    work.settled()?;
    Ok(Handler {
        options: object.clone(),
        work,
        allowed_origins,
    })
}

fn origins(work: &Work) -> Vec<String> {
    let given = work.option("allowedOrigins");
    if given.is_undefined() {
        return Vec::new();
    }
    let length = work.get(&given, "length").as_f64();
    // Of a revoked proxy that would throw, and its length has.
    let length = length.filter(|_| !work.is_over() && Array::is_array(&given));
    let items = (0..LONGEST_LIST)
        .take_while(|index| length.is_some_and(|length| f64::from(*index) < length));
    let origins: Option<_> = items
        .map(|index| work.get(&given, &index.to_string()).as_string())
        .collect();
    origins.filter(|_| length.is_some()).unwrap_or_else(|| {
        work.refuse("allowedOrigins must be an array of strings");
        Vec::new()
    })
}
