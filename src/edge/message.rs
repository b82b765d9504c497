//! The body of `POST …/messages`.

use js_sys::{Array, JSON};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::nesting;
use crate::divar::buttons::{
    Action, Button, ButtonGrid, ButtonRow, MAX_BUTTONS_IN_ROW, MAX_ROWS, too_many,
};
use crate::divar::message::{Buttons, Target};
use crate::plain_data::JsonData;

/// A message that a page handed over. `type` and other fields that Divar's schema does not have are
/// ignored.
#[derive(Deserialize)]
struct Body {
    media_token: String,
    #[serde(default)]
    target: Option<Target>,
    #[serde(default)]
    conversation_id: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    buttons: Option<GridBody>,
    #[serde(default)]
    sender_buttons: Option<GridBody>,
    #[serde(default)]
    receiver_buttons: Option<GridBody>,
}

#[derive(Deserialize)]
struct GridBody {
    rows: Vec<RowBody>,
}

#[derive(Deserialize)]
struct RowBody {
    buttons: Vec<ButtonBody>,
}

#[derive(Deserialize)]
struct ButtonBody {
    action: ActionBody,
    caption: String,
    #[serde(default)]
    icon: Option<String>,
}

/// Exactly one of them.
#[derive(Deserialize)]
struct ActionBody {
    #[serde(default)]
    open_direct_link: Option<String>,
    #[serde(default)]
    open_server_link: Option<DataBody>,
    #[serde(default)]
    get_dynamic_action: Option<DataBody>,
    #[serde(default)]
    open_post_page: Option<PostBody>,
    #[serde(default)]
    open_post_manage_page: Option<PostBody>,
}

#[derive(Deserialize)]
struct DataBody {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    data: JsValue,
}

#[derive(Deserialize)]
struct PostBody {
    post_token: String,
}

/// A message that a page handed over, checked.
pub struct HandedOverMessage {
    /// The media token.
    pub media_token: String,
    /// Who receives it.
    pub target: Target,
    /// The id of the conversation or user.
    pub id: String,
    /// Its buttons.
    pub buttons: Buttons<JsonData>,
}

impl HandedOverMessage {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(json: &str) -> Result<Self, String> {
        let body = parse_object(json)?;
        let body: Body = serde_wasm_bindgen::from_value(body).map_err(|error| error.to_string())?;
        let target = body.target.unwrap_or(Target::Chatbot);
        let (id_name, id) = match target {
            Target::User => ("user_id", body.user_id),
            Target::Chatbot | Target::Conversation => ("conversation_id", body.conversation_id),
        };
        let id = id.filter(|id| !matches!(id.as_str(), "" | "." | ".."));
        let buttons = match target {
            Target::Chatbot | Target::User => Buttons::Chatbot(grid("buttons", body.buttons)?),
            Target::Conversation => Buttons::Conversation {
                sender: grid("sender_buttons", body.sender_buttons)?,
                receiver: grid("receiver_buttons", body.receiver_buttons)?,
            },
        };
        Ok(Self {
            media_token: non_empty("media_token", body.media_token)?,
            target,
            id: id.ok_or_else(|| [id_name, " must be an id"].concat())?,
            buttons,
        })
    }

    /// Its grids.
    pub fn grids(&self) -> impl Iterator<Item = &ButtonGrid<JsonData>> {
        let (first, second) = match &self.buttons {
            Buttons::Chatbot(grid) => (grid, &None),
            Buttons::Conversation { sender, receiver } => (sender, receiver),
        };
        first.iter().chain(second)
    }

    /// As the app's `buttons` function gets it.
    pub fn described(&self) -> Described<'_> {
        let is_user = self.target == Target::User;
        let id = self.id.as_str();
        let (buttons, sender_buttons, receiver_buttons) = match &self.buttons {
            Buttons::Chatbot(grid) => (grid.as_ref(), None, None),
            Buttons::Conversation { sender, receiver } => {
                (None, sender.as_ref(), receiver.as_ref())
            }
        };
        Described {
            target: self.target.name(),
            conversation_id: (!is_user).then_some(id),
            user_id: is_user.then_some(id),
            media_token: &self.media_token,
            buttons,
            sender_buttons,
            receiver_buttons,
        }
    }
}

/// `HandedOverMessage` of the package's types.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described<'a> {
    target: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    media_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    buttons: Option<&'a ButtonGrid<JsonData>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_buttons: Option<&'a ButtonGrid<JsonData>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_buttons: Option<&'a ButtonGrid<JsonData>>,
}

fn grid(name: &str, body: Option<GridBody>) -> Result<Option<ButtonGrid<JsonData>>, String> {
    let Some(body) = body else {
        return Ok(None);
    };
    if body.rows.len() > MAX_ROWS as usize {
        return Err(too_many(name, "rows"));
    }
    let row = |row: RowBody| {
        if row.buttons.len() > MAX_BUTTONS_IN_ROW as usize {
            return Err(too_many(name, "buttons"));
        }
        let buttons: Result<_, _> = row.buttons.into_iter().map(button).collect();
        Ok(ButtonRow { buttons: buttons? })
    };
    let rows: Result<_, _> = body.rows.into_iter().map(row).collect();
    Ok(Some(ButtonGrid { rows: rows? }))
}

fn button(body: ButtonBody) -> Result<Button<JsonData>, String> {
    Ok(Button {
        action: action(body.action)?,
        caption: non_empty("caption", body.caption)?,
        icon: body.icon,
    })
}

fn action(body: ActionBody) -> Result<Action<JsonData>, String> {
    let data = |body: DataBody| {
        JsonData::of_object(body.data).ok_or_else(|| "data must be an object".to_owned())
    };
    let post_token = |body: PostBody| non_empty("post_token", body.post_token);
    match (
        body.open_direct_link,
        body.open_server_link,
        body.get_dynamic_action,
        body.open_post_page,
        body.open_post_manage_page,
    ) {
        (Some(link), None, None, None, None) => Ok(Action::OpenDirectLink(link)),
        (None, Some(body), None, None, None) => {
            data(body).map(|data| Action::OpenServerLink { data })
        }
        (None, None, Some(body), None, None) => {
            data(body).map(|data| Action::GetDynamicAction { data })
        }
        (None, None, None, Some(body), None) => {
            post_token(body).map(|post_token| Action::OpenPostPage { post_token })
        }
        (None, None, None, None, Some(body)) => {
            post_token(body).map(|post_token| Action::OpenPostManagePage { post_token })
        }
        _ => Err("a button must have exactly one action".to_owned()),
    }
}

fn non_empty(name: &str, text: String) -> Result<String, String> {
    if text.is_empty() {
        return Err([name, " must be a string that is not empty"].concat());
    }
    Ok(text)
}

/// Parses a JSON object that is not nested deeper than any message needs.
///
/// # Errors
///
/// What is wrong with it.
pub fn parse_object(json: &str) -> Result<JsValue, String> {
    let refuse = || "the body must be a JSON object".to_owned();
    if nesting::is_too_deep(json) {
        return Err("the body is nested too deep".to_owned());
    }
    let value = JSON::parse(json).map_err(|_| refuse())?;
    if value.is_object() && !Array::is_array(&value) {
        return Ok(value);
    }
    Err(refuse())
}
