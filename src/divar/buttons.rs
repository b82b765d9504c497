//! Grids of buttons under a message (Divar's `open_platform_chat.ButtonGrid`).

use serde::Serialize;

/// The most rows of a grid, and the most buttons of a row.
pub const MAX_ROWS: u32 = 3;
/// See [`MAX_ROWS`].
pub const MAX_BUTTONS_IN_ROW: u32 = 3;

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
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::enum_variant_names,
    reason = "the names are those of Divar's fields"
)]
pub enum Action<Data> {
    /// Opens a web address.
    OpenDirectLink(String),
    /// Asks the app's server for an address to open.
    OpenServerLink {
        /// What the server gets.
        data: Data,
    },
    /// Asks the app's server for an action to run on the device.
    GetDynamicAction {
        /// What the server gets.
        data: Data,
    },
    /// Opens a post.
    OpenPostPage {
        /// Which one.
        post_token: String,
    },
    /// Opens the management page of a post.
    OpenPostManagePage {
        /// Of which one.
        post_token: String,
    },
}

#[cfg(feature = "server")]
impl<Data> Action<Data> {
    /// Its field's name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OpenDirectLink(_) => "open_direct_link",
            Self::OpenServerLink { .. } => "open_server_link",
            Self::GetDynamicAction { .. } => "get_dynamic_action",
            Self::OpenPostPage { .. } => "open_post_page",
            Self::OpenPostManagePage { .. } => "open_post_manage_page",
        }
    }
}

/// The sentence for a list that is longer than Divar takes.
#[must_use]
pub fn too_many(grid: &str, list: &str) -> String {
    [grid, " may have at most 3 ", list].concat()
}
