//! Button grids: at most 3 rows of at most 3 buttons, each with exactly one action.

use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::{icons, payload::Object};

const MOST_ROWS: usize = 3;
const MOST_IN_A_ROW: usize = 3;

/// A grid as it stands in a message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    rows: Option<Vec<Object<Row>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    buttons: Option<Vec<Object<Button>>>,
}

/// `icon_name` is deprecated and any string.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Button {
    action: Option<Object<Action>>,
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
    open_server_link: Option<Object<WithData>>,
    get_dynamic_action: Option<Object<WithData>>,
    open_post_page: Option<Object<WithPost>>,
    open_post_manage_page: Option<Object<WithPost>>,
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
    /// A sentence that says where the grid breaks a rule.
    pub fn check(&self, field: &str, allow_unknown_icons: bool) -> Result<(), String> {
        let rows = self.rows.as_deref().unwrap_or_default();
        if rows.len() > MOST_ROWS {
            return Err(format!(
                "{field} has {} rows: at most {MOST_ROWS} are allowed",
                rows.len()
            ));
        }
        for (Object(row), y) in rows.iter().zip(1..) {
            let buttons = row.buttons.as_deref().unwrap_or_default();
            if buttons.len() > MOST_IN_A_ROW {
                return Err(format!(
                    "{field}, row {y} has {} buttons: at most {MOST_IN_A_ROW} are allowed",
                    buttons.len()
                ));
            }
            for (Object(button), x) in buttons.iter().zip(1..) {
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
        let Some(Object(action)) = &self.action else {
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
        if post
            .is_some_and(|Object(post)| post.post_token.as_deref().unwrap_or_default().is_empty())
        {
            return Err("post_token is missing".to_owned());
        }
        Ok(())
    }
}
