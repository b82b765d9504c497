//! Grids of buttons, as Divar writes them.

use wasm_bindgen::prelude::*;

use crate::contract::button::{Action, Button, Grid, MOST};
use crate::error::Error;
use crate::options::Options;
use crate::steps::message::Data;

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

const ACTIONS: [&str; 5] = [
    "open_direct_link",
    "open_server_link",
    "get_dynamic_action",
    "open_post_page",
    "open_post_manage_page",
];

/// The grid in option `name`, if it was given.
///
/// # Errors
///
/// `invalid_argument` for what Divar would not take.
pub fn grid(options: &Options, name: &str) -> Result<Option<Grid<Data>>, Error> {
    let value = options.get(name)?;
    if value.is_undefined() {
        return Ok(None);
    }
    let rows = options.within(&value)?.list("rows", MOST + 1, |row| {
        row.list("buttons", MOST + 1, |value| button(&value))
    })?;
    match Grid::new(rows) {
        Some(grid) => Ok(Some(grid)),
        None => Err(options.refuse(&[name, " may have at most 3 rows of at most 3 buttons"])),
    }
}

fn button(button: &Options) -> Result<Button<Data>, Error> {
    let action = button.get("action")?;
    Ok(Button {
        action: read_action(&button.within(&action)?)?,
        caption: button.required("caption")?,
        icon: button.string("icon")?,
    })
}

fn read_action(action: &Options) -> Result<Action<Data>, Error> {
    let mut given = None;
    for name in ACTIONS {
        let value = action.get(name)?;
        if value.is_undefined() {
            continue;
        }
        if given.replace((name, value)).is_some() {
            return Err(one_action(action));
        }
    }
    let (name, value) = given.ok_or_else(|| one_action(action))?;
    let inside = || action.within(&value);
    Ok(match name {
        "open_direct_link" => Action::OpenDirectLink(action.required(name)?),
        "open_server_link" => Action::OpenServerLink {
            data: data(&inside()?)?,
        },
        "get_dynamic_action" => Action::GetDynamicAction {
            data: data(&inside()?)?,
        },
        "open_post_page" => Action::OpenPostPage {
            post_token: inside()?.required("post_token")?,
        },
        _ => Action::OpenPostManagePage {
            post_token: inside()?.required("post_token")?,
        },
    })
}

fn data(action: &Options) -> Result<Data, Error> {
    let data = action.get("data")?;
    if data.is_object() {
        Ok(Data(data))
    } else {
        Err(action.refuse(&["the action's data must be an object"]))
    }
}

fn one_action(action: &Options) -> Error {
    action.refuse(&["a button must have exactly one action"])
}
