//! `ButtonGrid`, copied field by field: what Divar does not know is not sent.

use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::address::is_url;
use super::reader::Options;
use crate::divar::buttons::{
    Action, Button, ButtonGrid, ButtonRow, MAX_BUTTONS_IN_ROW, MAX_ROWS, too_many,
};
use crate::error::Error;
use crate::plain_data::JsonData;

/// Reads the grid in the option `name`, if there is one.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(options: &Options, name: &str) -> Result<Option<ButtonGrid<JsonData>>, Error> {
    if !options.has(name)? {
        return Ok(None);
    }
    let grid = options.object(name)?;
    let problem = too_many(name, "rows");
    let rows = grid.list("rows", MAX_ROWS, &problem, |item| row(name, &item))?;
    Ok(Some(ButtonGrid { rows }))
}

fn row(grid: &str, row: &Options) -> Result<ButtonRow<JsonData>, Error> {
    let problem = too_many(grid, "buttons");
    let buttons = row.list("buttons", MAX_BUTTONS_IN_ROW, &problem, |item| {
        button(&item)
    })?;
    Ok(ButtonRow { buttons })
}

fn button(button: &Options) -> Result<Button<JsonData>, Error> {
    Ok(Button {
        action: action(&button.object("action")?)?,
        caption: button.required_text("caption")?,
        icon: button.text("icon")?,
    })
}

/// How one of the five actions is read.
type ReadAction = fn(&Options, &str) -> Result<Action<JsonData>, Error>;

/// The five actions by their names.
const ACTIONS: [(&str, ReadAction); 5] = [
    ("open_direct_link", |given, name| {
        let link = given.required_text(name)?;
        if !is_url(&link) {
            return Err(given.refuse(name, " must be an absolute address"));
        }
        Ok(Action::OpenDirectLink(link))
    }),
    ("open_server_link", |given, name| {
        let data = data(&given.object(name)?)?;
        Ok(Action::OpenServerLink { data })
    }),
    ("get_dynamic_action", |given, name| {
        let data = data(&given.object(name)?)?;
        Ok(Action::GetDynamicAction { data })
    }),
    ("open_post_page", |given, name| {
        let post_token = given.object(name)?.required_text("post_token")?;
        Ok(Action::OpenPostPage { post_token })
    }),
    ("open_post_manage_page", |given, name| {
        let post_token = given.object(name)?.required_text("post_token")?;
        Ok(Action::OpenPostManagePage { post_token })
    }),
];

/// Exactly one of the five actions.
fn action(given: &Options) -> Result<Action<JsonData>, Error> {
    let mut found = None;
    for (name, read) in ACTIONS {
        if !given.has(name)? {
            continue;
        }
        if found.is_some() {
            return Err(not_one_action(given));
        }
        found = Some(read(given, name)?);
    }
    found.ok_or_else(|| not_one_action(given))
}

fn not_one_action(given: &Options) -> Error {
    given.refuse("", "a button must have exactly one action")
}

/// An object, which is no array (Divar's schema has `additionalProperties`).
fn data(carrier: &Options) -> Result<JsonData, Error> {
    let problem = " must be an object that JSON can carry";
    let given = carrier.get("data")?.unwrap_or_default();
    // The text is undefined where JSON carries nothing of a value, such as a function.
    let copy = JSON::stringify(&given).and_then(|text| match text.as_string() {
        Some(text) => JSON::parse(&text),
        None => Ok(JsValue::UNDEFINED),
    });
    let copy = copy.map_err(|cause| carrier.refuse("data", problem).with_cause(cause))?;
    JsonData::of_object(copy).ok_or_else(|| carrier.refuse("data", problem))
}
