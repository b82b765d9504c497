//! The arguments of `sendMedia`.

use wasm_bindgen::prelude::*;

use super::{Options, message, token, upload};
use crate::contract::message::Target;
use crate::error::{Error, Failure, Stage};
use crate::steps::delivery::Delivery;
use crate::steps::message::Way;
use crate::steps::token::Way as Minter;
use crate::steps::upload::{Token, Way as Through};

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

/// Reads the arguments of `sendMedia`.
///
/// # Errors
///
/// `invalid_argument`, with the media token if there was one.
pub fn read(file: &JsValue, object: &JsValue) -> Result<Delivery, Failure> {
    let for_token = Options::new(Stage::Token, object)?;
    let for_upload = Options::new(Stage::Upload, object)?;
    let for_message = Options::new(Stage::Message, object)?;
    let media_token = for_message.get("mediaToken")?;
    let media_token = if media_token.is_undefined() {
        None
    } else {
        Some(message::token(&for_message, &media_token)?)
    };
    let reading = || -> Result<Delivery, Error> {
        let endpoint = for_token.endpoint()?;
        let media_type = for_upload.get("type")?;
        let media_type = if media_type.is_undefined() {
            None
        } else {
            Some(upload::known_type(&for_upload, &media_type)?)
        };
        let file = upload::chosen(&for_upload, file, media_type)?;
        let way = through(&for_token, &for_upload, &endpoint)?;
        let target = message::named_target(&for_message)?.unwrap_or(Target::Chatbot);
        Ok(Delivery {
            media_token: media_token.clone(),
            upload: upload::uploading(&for_upload, file, way)?,
            message: message::sending(&for_message, target, Way::Endpoint(endpoint))?,
        })
    };
    reading().map_err(|error| error.keeping(media_token.clone()).into())
}

fn through(for_token: &Options, for_upload: &Options, endpoint: &str) -> Result<Through, Error> {
    if for_upload.is_set("relay")? {
        return Ok(Through::Relay(endpoint.to_owned()));
    }
    let token = if for_upload.get("token")?.is_undefined() {
        let minter = Minter::Endpoint(endpoint.to_owned());
        Token::Mint(token::minting(for_token, minter)?)
    } else {
        upload::token(for_upload)?
    };
    upload::to_divar(for_upload, token)
}
