//! What who asks may do.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::contract::message::Target;
use crate::js;
use divar_media::accepted::MediaType;

/// What the app's `authorize` gave.
pub struct Permission(JsValue);

/// Longer lists are looked at no further.
const LONGEST_LIST: u32 = 10_000;

impl Permission {
    /// Reads it, if it is an object.
    pub fn read(given: JsValue) -> Option<Self> {
        given.is_object().then_some(Self(given))
    }

    /// Whether files of this type may be sent: all may, where nothing is said.
    pub fn allows_type(&self, media_type: MediaType) -> bool {
        let list = js::try_get(&self.0, "types");
        match list {
            Ok(list) if list.is_undefined() => true,
            Ok(list) => holds(&list, media_type.name()),
            Err(_) => false,
        }
    }

    /// Whether a message may be sent there: nowhere, where nothing is said.
    pub fn allows_message(&self, target: Target, id: &str) -> bool {
        let name = match target {
            Target::User => "users",
            Target::Chatbot | Target::Conversation => "conversations",
        };
        js::try_get(&self.0, name).is_ok_and(|list| holds(&list, id))
    }
}

fn holds(list: &JsValue, value: &str) -> bool {
    let length = js::try_get(list, "length")
        .ok()
        .and_then(|length| length.as_f64());
    let Some(length) = length.filter(|_| Array::is_array(list)) else {
        return false;
    };
    (0..LONGEST_LIST)
        .take_while(|index| f64::from(*index) < length)
        .any(|index| js::try_text(list, &index.to_string()) == value)
}
