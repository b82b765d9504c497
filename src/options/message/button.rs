//! Grids of buttons, as Divar writes them.

use wasm_bindgen::prelude::*;

use crate::contract::button::{ACTIONS, Inside, MOST};
use crate::js;
use crate::work::Work;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** Buttons under a message, in Divar's own shape: at most 3 rows of at most 3 buttons. */
export interface ButtonGrid {
  rows: ButtonRow[];
}

/** A row of at most 3 buttons. */
export interface ButtonRow {
  buttons: Button[];
}

/** A button. */
export interface Button {
  /** What a press does. */
  action: ButtonAction;
  /** The text on it. */
  caption: string;
  /** The picture on it. */
  icon?: IconName;
}

/** What a press does: exactly one of `ButtonActions`. */
export type ButtonAction = {
  [Name in keyof ButtonActions]: Pick<ButtonActions, Name> & {
    [Other in Exclude<keyof ButtonActions, Name>]?: never;
  };
}[keyof ButtonActions];

/** The actions that a button can have one of. */
export interface ButtonActions {
  /** Opens this address. */
  open_direct_link: string;
  /** Asks the app's server for an address to open, and hands it `data`. */
  open_server_link: { data: object };
  /** Asks the app's server for an action to run on the device, and hands it `data`. */
  get_dynamic_action: { data: object };
  /** Opens a post. */
  open_post_page: { post_token: string };
  /** Opens a post's management page. */
  open_post_manage_page: { post_token: string };
}
"#;

/// The grid that was given, with what Divar knows of it.
pub fn grid(work: &Work, given: &JsValue) -> JsValue {
    list(work, given, "rows", &|row| {
        list(work, row, "buttons", &|given| button(work, given))
    })
}

/// An object with a list of what `read` makes of the items that are given.
#[inline(never)]
fn list(work: &Work, given: &JsValue, name: &str, read: &dyn Fn(&JsValue) -> JsValue) -> JsValue {
    let items = work.list(given, name, MOST);
    let (object, list) = (js::empty(false), js::empty(true));
    let mut index = 0;
    while f64::from(index) < js::number(&items, "length") {
        js::push(&list, &read(&js::at(&items, index)));
        index += 1;
    }
    js::set(&object, name, &list);
    object
}

fn button(work: &Work, given: &JsValue) -> JsValue {
    let button = js::empty(false);
    js::set(&button, "action", &action(work, &work.get(given, "action")));
    for name in ["caption", "icon"] {
        let text = work.get(given, name);
        if name == "caption" || !text.is_undefined() {
            js::set(&button, name, &work.text(given, name));
        }
    }
    button
}

fn action(work: &Work, given: &JsValue) -> JsValue {
    let action = js::empty(false);
    let mut count = 0;
    for (name, inside) in ACTIONS {
        let value = work.get(given, name);
        if value.is_undefined() {
            continue;
        }
        count += 1;
        let content = js::empty(false);
        match inside {
            Inside::Address => {
                js::set(&action, name, &work.text(given, name));
                continue;
            }
            // The app's own data, handed through as it is.
            Inside::Data => js::set(&content, "data", &work.object(&value, "data")),
            Inside::PostToken => {
                js::set(&content, "post_token", &work.text(&value, "post_token"));
            }
        }
        js::set(&action, name, &content);
    }
    if count != 1 {
        work.refuse("a button must have exactly one action");
    }
    action
}
