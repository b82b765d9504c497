//! What a user may do, as the app's `authorize` says.

use wasm_bindgen::prelude::*;

use super::buttons::ButtonRule;
use super::list::contains;
use crate::divar::message::Target;
use divar_media::MediaType;

#[wasm_bindgen]
extern "C" {
    /// `MediaPermission`.
    type PermissionLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn types(this: &PermissionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = uploadToken)]
    fn upload_token(this: &PermissionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn conversations(this: &PermissionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn users(this: &PermissionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn buttons(this: &PermissionLike) -> Result<JsValue, JsValue>;
}

/// What a user may do. What cannot be read allows nothing.
pub struct Permission(PermissionLike);

impl Permission {
    /// Reads what `authorize` gave, if that is an object.
    #[must_use]
    pub fn read(given: JsValue) -> Option<Self> {
        given.is_object().then(|| Self(given.unchecked_into()))
    }

    /// Whether files of this type may be sent: all may where nothing is said.
    #[must_use]
    pub fn allows_type(&self, media_type: MediaType) -> bool {
        self.0.types().is_ok_and(|types| {
            types.is_undefined() || types.is_null() || contains(&types, media_type.name())
        })
    }

    /// Whether an upload token may be had. It serves files of every type, so that who may not send all of
    /// them needs an explicit permission.
    #[must_use]
    pub fn allows_token(&self) -> bool {
        match self.0.upload_token().map(|given| given.as_bool()) {
            Ok(Some(is_allowed)) => is_allowed,
            Ok(None) => MediaType::ALL
                .into_iter()
                .all(|known| self.allows_type(known)),
            Err(_) => false,
        }
    }

    /// Whether a message may be sent to this conversation or user: to none where nothing is said.
    #[must_use]
    pub fn allows_recipient(&self, target: Target, id: &str) -> bool {
        let list = match target {
            Target::User => self.0.users(),
            Target::Chatbot | Target::Conversation => self.0.conversations(),
        };
        list.is_ok_and(|list| contains(&list, id))
    }

    /// Which buttons a message may have.
    #[must_use]
    pub fn buttons(&self) -> ButtonRule {
        self.0.buttons().map_or(ButtonRule::None, ButtonRule::read)
    }
}
