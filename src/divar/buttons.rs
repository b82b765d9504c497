//! Grids of buttons under a message (Divar's `open_platform_chat.ButtonGrid`).

use serde::{Serialize, Serializer};

/// The most rows of a grid, and the most buttons of a row.
pub const MAX_ROWS: usize = 3;
/// See [`MAX_ROWS`].
pub const MAX_BUTTONS_IN_ROW: usize = 3;

/// Rows of buttons. `Data` is what an action carries for the app's own server: any JSON object.
#[derive(Serialize)]
pub struct ButtonGrid<Data> {
    /// At most [`MAX_ROWS`].
    pub rows: Vec<ButtonRow<Data>>,
}

/// A row of buttons.
#[derive(Serialize)]
pub struct ButtonRow<Data> {
    /// At most [`MAX_BUTTONS_IN_ROW`].
    pub buttons: Vec<Button<Data>>,
}

/// A button.
#[derive(Serialize)]
pub struct Button<Data> {
    /// What a press does.
    pub action: Action<Data>,
    /// The text on it.
    pub caption: String,
    /// The picture on it: one of the 822 names of Divar's enum. Other names are passed on, since the
    /// enum grows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

/// What a press on a button does. On the wire an object with exactly one of five fields.
pub enum Action<Data> {
    /// Opens a web address.
    OpenDirectLink(String),
    /// Asks the app's server for an address to open, with this data.
    OpenServerLink(Data),
    /// Asks the app's server for an action to run on the device, with this data.
    GetDynamicAction(Data),
    /// Opens the post with this token.
    OpenPostPage(String),
    /// Opens the management page of the post with this token.
    OpenPostManagePage(String),
}

impl<Data> Action<Data> {
    /// Its field's name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OpenDirectLink(_) => "open_direct_link",
            Self::OpenServerLink(_) => "open_server_link",
            Self::GetDynamicAction(_) => "get_dynamic_action",
            Self::OpenPostPage(_) => "open_post_page",
            Self::OpenPostManagePage(_) => "open_post_manage_page",
        }
    }
}

impl<Data: Serialize> Serialize for Action<Data> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;

        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::OpenDirectLink(url) => map.serialize_entry(self.name(), url)?,
            Self::OpenServerLink(data) | Self::GetDynamicAction(data) => {
                map.serialize_entry(self.name(), &Carried { data })?;
            }
            Self::OpenPostPage(token) | Self::OpenPostManagePage(token) => {
                map.serialize_entry(self.name(), &Post { post_token: token })?;
            }
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Carried<'a, Data> {
    data: &'a Data,
}

#[derive(Serialize)]
struct Post<'a> {
    post_token: &'a str,
}

/// The sentence for a list that is longer than Divar takes.
#[must_use]
pub fn too_many(grid: &str, list: &str) -> String {
    [grid, " may have at most 3 ", list].concat()
}
