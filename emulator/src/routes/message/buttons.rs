//! Button grids: at most 3 rows of at most 3 buttons, each with exactly one action.

use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::routes::{json_body::JsonObject, message::icons};

const MAX_ROWS: usize = 3;
const MAX_BUTTONS_IN_ROW: usize = 3;

/// A grid of buttons.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    rows: Option<Vec<JsonObject<Row>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    buttons: Option<Vec<JsonObject<Button>>>,
}

/// `icon_name` is deprecated and any string.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Button {
    action: Option<JsonObject<Action>>,
    #[serde(rename = "caption")]
    _caption: Option<String>,
    icon: Option<String>,
    #[serde(rename = "icon_name")]
    _icon_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names are Divar's")]
struct Action {
    open_direct_link: Option<String>,
    open_server_link: Option<JsonObject<WithData>>,
    get_dynamic_action: Option<JsonObject<WithData>>,
    open_post_page: Option<JsonObject<WithPost>>,
    open_post_manage_page: Option<JsonObject<WithPost>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WithData {
    #[serde(rename = "data")]
    _data: Option<Map<String, Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WithPost {
    post_token: Option<String>,
}

impl Grid {
    /// Checks the grid in the field `field`.
    ///
    /// # Errors
    ///
    /// A sentence that says which row and button break which rule.
    pub fn check(&self, field: &str, allow_unknown_icons: bool) -> Result<(), String> {
        let rows = self.rows.as_deref().unwrap_or_default();
        if rows.len() > MAX_ROWS {
            return Err(format!(
                "{field} has {} rows: at most {MAX_ROWS} are allowed",
                rows.len()
            ));
        }
        for (JsonObject(row), y) in rows.iter().zip(1..) {
            let buttons = row.buttons.as_deref().unwrap_or_default();
            if buttons.len() > MAX_BUTTONS_IN_ROW {
                return Err(format!(
                    "{field}, row {y} has {} buttons: at most {MAX_BUTTONS_IN_ROW} are allowed",
                    buttons.len()
                ));
            }
            for (JsonObject(button), x) in buttons.iter().zip(1..) {
                button
                    .check(allow_unknown_icons)
                    .map_err(|why| format!("{field}, row {y}, button {x}: {why}"))?;
            }
        }
        Ok(())
    }
}

impl Button {
    fn check(&self, allow_unknown_icons: bool) -> Result<(), String> {
        if let Some(icon) = &self.icon
            && !allow_unknown_icons
            && !icons::is_known(icon)
        {
            return Err(format!("icon {icon:?} is not in Divar's list"));
        }
        let Some(JsonObject(action)) = &self.action else {
            return Err("action is missing".to_owned());
        };
        match action.count() {
            1 => action.check(),
            n => Err(format!("action has {n} kinds: exactly one is allowed")),
        }
    }
}

impl Action {
    fn count(&self) -> usize {
        [
            self.open_direct_link.is_some(),
            self.open_server_link.is_some(),
            self.get_dynamic_action.is_some(),
            self.open_post_page.is_some(),
            self.open_post_manage_page.is_some(),
        ]
        .into_iter()
        .filter(|is_there| *is_there)
        .count()
    }

    fn check(&self) -> Result<(), String> {
        if let Some(link) = &self.open_direct_link
            && let Err(error) = Url::parse(link)
        {
            return Err(format!("open_direct_link is not a URL: {error}"));
        }
        let post = self
            .open_post_page
            .as_ref()
            .or(self.open_post_manage_page.as_ref());
        if post.is_some_and(|JsonObject(post)| {
            post.post_token.as_deref().unwrap_or_default().is_empty()
        }) {
            return Err("post_token is missing".to_owned());
        }
        Ok(())
    }
}
