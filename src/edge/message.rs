//! The body of `POST …/messages`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::divar::buttons::{
    Action, Button, ButtonGrid, ButtonRow, MAX_BUTTONS_IN_ROW, MAX_ROWS, too_many,
};
use crate::divar::message::{Buttons, Target};

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
    data: Map<String, Value>,
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
    pub buttons: Buttons<Value>,
}

impl HandedOverMessage {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(json: &str) -> Result<Self, String> {
        // serde would also take the fields of an array, in order.
        if !json.trim_start().starts_with('{') {
            return Err("the body must be a JSON object".to_owned());
        }
        let body: Body = serde_json::from_str(json).map_err(|error| error.to_string())?;
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
    pub fn grids(&self) -> impl Iterator<Item = &ButtonGrid<Value>> {
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
    buttons: Option<&'a ButtonGrid<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_buttons: Option<&'a ButtonGrid<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_buttons: Option<&'a ButtonGrid<Value>>,
}

fn grid(name: &str, body: Option<GridBody>) -> Result<Option<ButtonGrid<Value>>, String> {
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

fn button(body: ButtonBody) -> Result<Button<Value>, String> {
    Ok(Button {
        action: action(body.action)?,
        caption: non_empty("caption", body.caption)?,
        icon: body.icon,
    })
}

fn action(body: ActionBody) -> Result<Action<Value>, String> {
    let data = |body: DataBody| Value::Object(body.data);
    let post_token = |body: PostBody| non_empty("post_token", body.post_token);
    match (
        body.open_direct_link,
        body.open_server_link,
        body.get_dynamic_action,
        body.open_post_page,
        body.open_post_manage_page,
    ) {
        (Some(link), None, None, None, None) => Ok(Action::OpenDirectLink(link)),
        (None, Some(body), None, None, None) => Ok(Action::OpenServerLink { data: data(body) }),
        (None, None, Some(body), None, None) => Ok(Action::GetDynamicAction { data: data(body) }),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(json: &str) -> Result<HandedOverMessage, String> {
        HandedOverMessage::parse(json)
    }

    #[test]
    fn reads_a_message_to_the_chatbot_by_default() {
        let message = parsed(r#"{"media_token":"m","conversation_id":"c","type":"TEXT"}"#);
        let message = message.expect("a message");
        assert_eq!(message.target, Target::Chatbot);
        assert_eq!(
            (message.id.as_str(), message.media_token.as_str()),
            ("c", "m")
        );
        assert_eq!(message.grids().count(), 0);
    }

    #[test]
    fn rejects_what_is_no_message() {
        for json in [
            "no JSON",
            "[]",
            r#"["m","chatbot","c"]"#,
            "{}",
            r#"{"media_token":7,"conversation_id":"c"}"#,
            r#"{"media_token":"","conversation_id":"c"}"#,
            r#"{"media_token":"m","conversation_id":".."}"#,
            r#"{"media_token":"m","target":"user","conversation_id":"c"}"#,
            r#"{"media_token":"m","target":"group","conversation_id":"c"}"#,
        ] {
            assert!(parsed(json).is_err(), "{json}");
        }
    }

    #[test]
    fn rejects_data_that_is_nested_too_deep() {
        let data = ["[".repeat(5000), "]".repeat(5000)].concat();
        let json = [
            r#"{"media_token":"m","conversation_id":"c","buttons":{"rows":[{"buttons":[{"caption":"c","action":{"open_server_link":{"data":{"a":"#,
            &data,
            "}}}}]}]}}",
        ];
        assert!(parsed(&json.concat()).is_err());
    }

    #[test]
    fn rejects_data_that_is_an_array() {
        let json = r#"{"media_token":"m","conversation_id":"c","buttons":{"rows":[{"buttons":[{"caption":"c","action":{"open_server_link":{"data":[1]}}}]}]}}"#;
        assert!(parsed(json).is_err());
    }
}
