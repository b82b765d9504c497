//! Grids of buttons under a message.

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
