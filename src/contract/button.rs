//! Grids of buttons under a message.

/// The shape of a grid (contract, step 3), in the words of `pkg/platform/work.js`: at most 3 rows of at
/// most 3 buttons, each with exactly one action. The data of an action are the app's own.
pub const GRID: &str = r#"{"rows":[3,{"buttons":[3,{"action":[{"open_direct_link":"","open_server_link":{"data":0},"get_dynamic_action":{"data":0},"open_post_page":{"post_token":""},"open_post_manage_page":{"post_token":""}}],"caption":"","icon?":""}]}]}"#;
