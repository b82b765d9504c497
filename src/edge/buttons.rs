//! Which buttons a user's message may have. They are shown in the app's name, so that the app decides.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::list::contains;
use crate::divar::buttons::{Action, ButtonGrid};
use crate::plain_data::JsonData;

#[wasm_bindgen]
extern "C" {
    /// `ButtonPermission`.
    pub type ButtonPermission;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn actions(this: &ButtonPermission) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn hosts(this: &ButtonPermission) -> Result<JsValue, JsValue>;
}

/// Which buttons a message may have.
pub enum ButtonRule {
    /// None.
    None,
    /// Any.
    All,
    /// Those with listed actions, and links to listed hosts.
    Listed(ButtonPermission),
    /// Those that the app's function allows, which gets the message.
    Function(Function),
}

impl ButtonRule {
    /// Reads `MediaPermission.buttons`.
    #[must_use]
    pub fn read(given: JsValue) -> Self {
        if given.as_bool() == Some(true) {
            return Self::All;
        }
        match given.dyn_into() {
            Ok(function) => Self::Function(function),
            Err(given) if given.is_object() => Self::Listed(given.unchecked_into()),
            Err(_) => Self::None,
        }
    }
}

impl ButtonPermission {
    /// Whether every action of a grid is allowed. What is not listed is not allowed.
    pub fn allows(&self, grid: &ButtonGrid<JsonData>) -> bool {
        actions_of(grid).all(|action| self.allows_action(action))
    }

    fn allows_action(&self, action: &Action<JsonData>) -> bool {
        let is_listed = self
            .actions()
            .is_ok_and(|actions| contains(&actions, action.name()));
        let Action::OpenDirectLink(link) = action else {
            return is_listed;
        };
        let host = Url::new(link).map(|url| url.hostname());
        let hosts = self.hosts();
        is_listed && host.is_ok_and(|host| hosts.is_ok_and(|hosts| contains(&hosts, &host)))
    }
}

/// Whether every link of a grid is https. A user's link is never `javascript:` or http, whatever the app
/// allows.
pub fn has_only_https_links(grid: &ButtonGrid<JsonData>) -> bool {
    actions_of(grid).all(|action| match action {
        Action::OpenDirectLink(link) => Url::new(link).is_ok_and(|url| url.protocol() == "https:"),
        _ => true,
    })
}

fn actions_of(grid: &ButtonGrid<JsonData>) -> impl Iterator<Item = &Action<JsonData>> {
    let buttons = grid.rows.iter().flat_map(|row| &row.buttons);
    buttons.map(|button| &button.action)
}
