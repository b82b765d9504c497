//! Grids of buttons, as Divar writes them, in TypeScript.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** Buttons under a message, in Divar's own shape: at most 3 rows of at most 3 buttons. */
export interface ButtonGrid {
  rows: ButtonRow[];
}

/** A row of at most 3 buttons. */
export interface ButtonRow {
  buttons: Button[];
}

/** A button. */
export interface Button {
  /** What a press does. */
  action: ButtonAction;
  /** The text on it. */
  caption: string;
  /** The picture on it. */
  icon?: IconName;
}

/** What a press does: exactly one of `ButtonActions`. */
export type ButtonAction = {
  [Name in keyof ButtonActions]: Pick<ButtonActions, Name> & {
    [Other in Exclude<keyof ButtonActions, Name>]?: never;
  };
}[keyof ButtonActions];

/** The actions that a button can have one of. */
export interface ButtonActions {
  /** Opens this address. */
  open_direct_link: string;
  /** Asks the app's server for an address to open, and hands it `data`. */
  open_server_link: { data: object };
  /** Asks the app's server for an action to run on the device, and hands it `data`. */
  get_dynamic_action: { data: object };
  /** Opens a post. */
  open_post_page: { post_token: string };
  /** Opens a post's management page. */
  open_post_manage_page: { post_token: string };
}
"#;
