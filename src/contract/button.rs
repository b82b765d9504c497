//! Grids of buttons under a message.

use super::json::Json;

/// The most rows that a grid may have, and the most buttons that a row may.
pub const MOST: u32 = 3;

/// What an action has inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// An address, and nothing else.
    Address,
    /// The app's own data, handed back to it.
    Data,
    /// A post's token.
    PostToken,
}

/// What a press can do; on the wire an object with exactly one of these keys.
pub const ACTIONS: [(&str, Inside); 5] = [
    ("open_direct_link", Inside::Address),
    ("open_server_link", Inside::Data),
    ("get_dynamic_action", Inside::Data),
    ("open_post_page", Inside::PostToken),
    ("open_post_manage_page", Inside::PostToken),
];

/// One button: what a press does, one of [`ACTIONS`] and what belongs to it; the
/// text on it; and one of Divar's icon names.
#[must_use]
pub fn button<D: Json>(action: (&'static str, D), caption: D, icon: Option<D>) -> D {
    let mut fields = vec![("action", D::object(vec![action])), ("caption", caption)];
    fields.extend(icon.map(|icon| ("icon", icon)));
    D::object(fields)
}

/// The rows of a grid, `{"rows": […]}` on the wire, or the buttons of a row,
/// `{"buttons": […]}`; `None` for more than [`MOST`] of them.
#[must_use]
pub fn some<D: Json>(name: &'static str, items: Vec<D>) -> Option<D> {
    (items.len() <= MOST as usize).then(|| D::object(vec![(name, D::list(items))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn three_fit_and_a_fourth_does_not() {
        let items = |count| vec![json!({}); count];
        assert!(some("rows", items(3)).is_some());
        assert!(some("rows", items(4)).is_none());
    }

    #[test]
    fn a_grid_is_rows_of_buttons_without_empty_fields() {
        let action = || ("open_direct_link", json!("https://divar.ir"));
        let caption = || json!("باز کن");
        let buttons: Vec<Value> = vec![
            button(action(), caption(), None),
            button(action(), caption(), Some(json!("ADD"))),
        ];
        let rows = some("buttons", buttons).into_iter().collect();
        let written = json!({"open_direct_link": "https://divar.ir"});
        assert_eq!(
            some("rows", rows).expect("two buttons fit"),
            json!({"rows": [{"buttons": [
                {"action": written, "caption": "باز کن"},
                {"action": written, "caption": "باز کن", "icon": "ADD"},
            ]}]})
        );
    }
}
