//! Grids of buttons, as Divar writes them.

use wasm_bindgen::prelude::*;

use crate::contract::button::{self, ACTIONS, Inside, MOST};
use crate::contract::json::Json;
use crate::error::Error;
use crate::js;
use crate::options::Options;

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

impl Json for JsValue {
    fn text(text: &str) -> Self {
        text.into()
    }

    fn list(items: Vec<Self>) -> Self {
        js::list(items)
    }

    fn object(fields: Vec<(&'static str, Self)>) -> Self {
        js::object(fields)
    }
}

/// The grid in option `name`, if it was given.
///
/// # Errors
///
/// `invalid_argument` for what Divar would not take.
pub fn grid(options: &Options, name: &str) -> Result<Option<JsValue>, Error> {
    let value = options.get(name)?;
    if value.is_undefined() {
        return Ok(None);
    }
    let too_many = || options.refuse(&[name, " may have at most 3 rows of at most 3 buttons"]);
    let row = |row: &Options| {
        let buttons = row.list("buttons", MOST + 1, &button)?;
        button::some("buttons", buttons).ok_or_else(too_many)
    };
    let rows = options.within(&value)?.list("rows", MOST + 1, &row)?;
    button::some("rows", rows).map(Some).ok_or_else(too_many)
}

fn button(button: &Options) -> Result<JsValue, Error> {
    let action = button.get("action")?;
    Ok(button::button(
        read_action(&button.within(&action)?)?,
        button.required("caption")?.into(),
        button.string("icon")?.map(JsValue::from),
    ))
}

fn read_action(action: &Options) -> Result<(&'static str, JsValue), Error> {
    let one_action = || action.refuse(&["a button must have exactly one action"]);
    let mut given = None;
    for (name, inside) in ACTIONS {
        let value = action.get(name)?;
        if !value.is_undefined() && given.replace((name, inside, value)).is_some() {
            return Err(one_action());
        }
    }
    let (name, inside, value) = given.ok_or_else(one_action)?;
    let field = match inside {
        Inside::Address => return Ok((name, action.required(name)?.into())),
        Inside::Data => ("data", data(&action.within(&value)?)?),
        Inside::PostToken => {
            let token = action.within(&value)?.required("post_token")?;
            ("post_token", token.into())
        }
    };
    Ok((name, js::object(vec![field])))
}

/// The app's own data, handed through as it is.
fn data(action: &Options) -> Result<JsValue, Error> {
    let data = action.get("data")?;
    if data.is_object() {
        Ok(data)
    } else {
        Err(action.refuse(&["the action's data must be an object"]))
    }
}
