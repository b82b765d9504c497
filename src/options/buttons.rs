//! `ButtonGrid`, copied field by field: what Divar does not know is not sent.

use js_sys::{JSON, Reflect};
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

use super::address::is_url;
use super::check::{Check, Given};
use crate::divar::buttons::{
    Action, Button, ButtonGrid, ButtonRow, MAX_BUTTONS_IN_ROW, MAX_ROWS, too_many,
};
use crate::error::{Error, Stage};

#[wasm_bindgen]
extern "C" {
    type GridLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn rows(this: &GridLike) -> Result<JsValue, JsValue>;

    type RowLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn buttons(this: &RowLike) -> Result<JsValue, JsValue>;

    type ButtonLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn action(this: &ButtonLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn caption(this: &ButtonLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn icon(this: &ButtonLike) -> Result<JsValue, JsValue>;

    type ActionLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn open_direct_link(this: &ActionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn open_server_link(this: &ActionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn get_dynamic_action(this: &ActionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn open_post_page(this: &ActionLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn open_post_manage_page(this: &ActionLike) -> Result<JsValue, JsValue>;

    /// What an action holds.
    type Carrier;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn data(this: &Carrier) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn post_token(this: &Carrier) -> Result<JsValue, JsValue>;

    /// Anything with a length.
    type ListLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn length(this: &ListLike) -> Result<JsValue, JsValue>;
}

const CHECK: Check = Check::at(Stage::Message);

/// A copy of the app's own data: what JSON carries of it.
pub struct JsonData(JsValue);

impl Serialize for JsonData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_wasm_bindgen::preserve::serialize(&self.0, serializer)
    }
}

/// Reads a grid, if the option `name` has one.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(name: &str, given: Given) -> Result<Option<ButtonGrid<JsonData>>, Error> {
    let Some(given) = CHECK.present(name, given)? else {
        return Ok(None);
    };
    let grid: GridLike = CHECK.object(name, Ok(given))?.unchecked_into();
    let rows = list(name, "rows", grid.rows(), MAX_ROWS, |item| row(name, item))?;
    Ok(Some(ButtonGrid { rows }))
}

fn row(grid: &str, given: Given) -> Result<ButtonRow<JsonData>, Error> {
    let row: RowLike = CHECK.object("a row", given)?.unchecked_into();
    let buttons = list(grid, "buttons", row.buttons(), MAX_BUTTONS_IN_ROW, button)?;
    Ok(ButtonRow { buttons })
}

fn button(given: Given) -> Result<Button<JsonData>, Error> {
    let button: ButtonLike = CHECK.object("a button", given)?.unchecked_into();
    let given = CHECK.object("action", button.action())?;
    Ok(Button {
        action: action(given.unchecked_ref())?,
        caption: CHECK.required_text("caption", button.caption())?,
        icon: CHECK.text("icon", button.icon())?,
    })
}

/// Exactly one of the five actions.
fn action(given: &ActionLike) -> Result<Action<JsonData>, Error> {
    let present = |name, given| CHECK.present(name, given);
    let direct_link = present("open_direct_link", given.open_direct_link())?;
    let server_link = present("open_server_link", given.open_server_link())?;
    let dynamic = present("get_dynamic_action", given.get_dynamic_action())?;
    let post = present("open_post_page", given.open_post_page())?;
    let manage = present("open_post_manage_page", given.open_post_manage_page())?;
    match (direct_link, server_link, dynamic, post, manage) {
        (Some(link), None, None, None, None) => direct(link).map(Action::OpenDirectLink),
        (None, Some(link), None, None, None) => data(link).map(Action::OpenServerLink),
        (None, None, Some(action), None, None) => data(action).map(Action::GetDynamicAction),
        (None, None, None, Some(post), None) => post_token(post).map(Action::OpenPostPage),
        (None, None, None, None, Some(post)) => post_token(post).map(Action::OpenPostManagePage),
        _ => Err(CHECK.refuse("", "a button must have exactly one action")),
    }
}

fn direct(given: JsValue) -> Result<String, Error> {
    let link = CHECK.required_text("open_direct_link", Ok(given))?;
    if is_url(&link) {
        return Ok(link);
    }
    Err(CHECK.refuse("open_direct_link", " must be an absolute address"))
}

fn post_token(given: JsValue) -> Result<String, Error> {
    let carrier: Carrier = CHECK.object("action", Ok(given))?.unchecked_into();
    CHECK.required_text("post_token", carrier.post_token())
}

/// An object, which is no array (Divar's schema has `additionalProperties`).
fn data(given: JsValue) -> Result<JsonData, Error> {
    let carrier: Carrier = CHECK.object("action", Ok(given))?.unchecked_into();
    let data = CHECK.object("data", carrier.data())?;
    let refuse = |cause| {
        CHECK
            .refuse("data", " must be an object that JSON can carry")
            .with_cause(cause)
    };
    let copy = JSON::stringify(&data).and_then(|text| JSON::parse(&String::from(text)));
    let copy = copy.map_err(refuse)?;
    if copy.is_object() && !js_sys::Array::is_array(&copy) {
        return Ok(JsonData(copy));
    }
    Err(refuse(JsValue::UNDEFINED))
}

/// The items of a list. One that claims to have billions costs nothing.
fn list<T>(
    grid: &str,
    name: &str,
    given: Given,
    most: usize,
    read: impl Fn(Given) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let list = CHECK.object(name, given)?;
    let length = CHECK.present("length", list.unchecked_ref::<ListLike>().length())?;
    let length = length.and_then(|length| length.as_f64());
    let length = length.ok_or_else(|| CHECK.refuse(name, " must be an array"))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates"
    )]
    let length = length as usize;
    if length > most {
        return Err(CHECK.refuse("", &too_many(grid, name)));
    }
    let item = |index| Reflect::get(&list, &JsValue::from_f64(f64::from(index)));
    (0..length)
        .zip(0_u32..)
        .map(|(_, index)| read(item(index)))
        .collect()
}
