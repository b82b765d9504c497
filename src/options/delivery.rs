//! The arguments of `sendMedia`.

use wasm_bindgen::prelude::*;

use super::{message, token, upload};
use crate::error::Stage;
use crate::js;
use crate::task::{Task, Way};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** How `sendMedia` sends a file, and where to. */
export type SendMediaOptions = SendMediaFileOptions &
  (
    | (Partial<ChatbotMessageOptions> & { target?: "chatbot"; conversationId: string })
    | (ChatbotMessageOptions & { target: "user"; userId: string })
    | (ConversationMessageOptions & { conversationId: string })
  );

/** What `sendMedia` takes beside the message's own options. */
export interface SendMediaFileOptions extends Omit<DirectUploadOptions, "token"> {
  /**
   * Where the app serves its media routes, such as `"/divar"`. The upload token is asked for with
   * `POST /divar/token`, body `{}`, answer `{"token": "…"}`, and the message is handed over with
   * `POST /divar/messages`, body `{"target", "conversation_id" or "user_id", "media_token", …}` with
   * the rest of Divar's own body, answer `{"conversation_id": "…"}`. Relative to the page; elsewhere
   * an absolute address, https or loopback.
   */
  endpoint: string | URL;
  /** What the file is sent as. @defaultValue what its content is */
  type?: MediaType;
  /** Where the upload token comes from. @defaultValue `POST {endpoint}/token`, for each try */
  token?: string | TokenFunction;
  /**
   * Whether the file, too, goes through the app's server, as `uploadMedia` sends it with `endpoint`.
   * @defaultValue `false`: it goes to Divar's chat host
   */
  relay?: boolean;
  /**
   * The media token that an earlier call has got (`error.mediaToken`): the file is not uploaded
   * again, only the message is sent. Where that error's `deliveryUnknown` was true, it may show twice.
   */
  mediaToken?: string;
}
"#;

/// Reads the arguments of `sendMedia`. Each is read at the step that it belongs to.
pub fn read(task: &mut Task) {
    let work = &task.work;
    work.at(Stage::Message);
    work.read("mediaToken$");
    work.at(Stage::Token);
    work.read("endpoint:");
    work.at(Stage::Upload);
    work.read(upload::FILE);
    work.read("relay?");
    task.way = if js::number(work, "relay") > 0.0 {
        Way::Relay
    } else if work.has("token") > 0 {
        upload::to_divar(work)
    } else {
        work.at(Stage::Token);
        token::read_waits(work);
        Way::Minted
    };
    work.at(Stage::Message);
    work.read("target|chatbot|user|conversation=chatbot");
    work.at(Stage::Upload);
    upload::read_way(work);
    work.at(Stage::Message);
    message::read(work);
}
