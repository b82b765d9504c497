//! Grids of buttons under a message.

use serde::Serialize;

/// The most rows that a grid may have, and the most buttons that a row may.
pub const MOST: u32 = 3;

/// A grid of buttons, `{"rows": [{"buttons": […]}]}` on the wire.
///
/// `D` is the free-form data that an action hands back to the app.
#[derive(Debug, Serialize)]
pub struct Grid<D> {
    rows: Vec<Row<D>>,
}

#[derive(Debug, Serialize)]
struct Row<D> {
    buttons: Vec<Button<D>>,
}

/// One button.
#[derive(Debug, Serialize)]
pub struct Button<D> {
    /// What a press does.
    pub action: Action<D>,
    /// The text on it.
    pub caption: String,
    /// One of Divar's icon names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

/// What a press does; on the wire an object with exactly one of these keys.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "the names are Divar's")]
pub enum Action<D> {
    /// Opens this address.
    OpenDirectLink(String),
    /// Asks the app's server for an address to open.
    OpenServerLink {
        /// Handed back to the app.
        data: D,
    },
    /// Asks the app's server for an action to run on the device.
    GetDynamicAction {
        /// Handed back to the app.
        data: D,
    },
    /// Opens a post.
    OpenPostPage {
        /// The post's token.
        post_token: String,
    },
    /// Opens a post's management page.
    OpenPostManagePage {
        /// The post's token.
        post_token: String,
    },
}

impl<D> Grid<D> {
    /// A grid of these rows, or `None` if there are more than [`MOST`] of them
    /// or of the buttons in one.
    #[must_use]
    pub fn new(rows: Vec<Vec<Button<D>>>) -> Option<Self> {
        let most = MOST as usize;
        let fits = rows.len() <= most && rows.iter().all(|row| row.len() <= most);
        fits.then(|| Self {
            rows: rows.into_iter().map(|buttons| Row { buttons }).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    fn row(count: usize) -> Vec<Button<u8>> {
        let button = || Button {
            action: Action::OpenDirectLink("https://divar.ir".into()),
            caption: "باز کن".into(),
            icon: None,
        };
        std::iter::repeat_with(button).take(count).collect()
    }

    #[test]
    fn three_by_three_fits_and_a_fourth_does_not() {
        assert!(Grid::new(vec![row(3), row(3), row(3)]).is_some());
        assert!(Grid::new(vec![row(1), row(4)]).is_none());
        assert!(Grid::new(vec![row(1), row(1), row(1), row(1)]).is_none());
    }

    #[test]
    fn each_action_is_written_as_divar_names_it() {
        let post_token = || "AJIEWcw".to_owned();
        let written = |action: Action<u8>| to_value(action).expect("a JSON value");
        assert_eq!(
            written(Action::OpenServerLink { data: 1 }),
            json!({"open_server_link": {"data": 1}})
        );
        assert_eq!(
            written(Action::GetDynamicAction { data: 1 }),
            json!({"get_dynamic_action": {"data": 1}})
        );
        assert_eq!(
            written(Action::OpenPostPage {
                post_token: post_token()
            }),
            json!({"open_post_page": {"post_token": "AJIEWcw"}})
        );
        assert_eq!(
            written(Action::OpenPostManagePage {
                post_token: post_token()
            }),
            json!({"open_post_manage_page": {"post_token": "AJIEWcw"}})
        );
    }

    #[test]
    fn a_grid_is_rows_of_buttons_without_empty_fields() {
        let grid = Grid::new(vec![row(1)]).expect("one button fits");
        assert_eq!(
            to_value(grid).expect("a JSON value"),
            json!({"rows": [{"buttons": [
                {"action": {"open_direct_link": "https://divar.ir"}, "caption": "باز کن"}
            ]}]})
        );
    }
}
