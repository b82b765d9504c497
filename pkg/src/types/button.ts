import type { IconName } from "./icons.js";

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
  /** The text on the button. */
  caption: string;
  /** The icon on the button. */
  icon?: IconName;
}

/** What a press does: exactly one of `ButtonActions`. */
export type ButtonAction = {
  [Name in keyof ButtonActions]: Pick<ButtonActions, Name> & {
    [Other in Exclude<keyof ButtonActions, Name>]?: never;
  };
}[keyof ButtonActions];

/** The actions of buttons. A button has one of them. */
export interface ButtonActions {
  /** Opens this address, which must be a URL. */
  open_direct_link: string;
  /** Asks the app's server for an address to open, and sends it `data`, an object and no array. */
  open_server_link: { data: object };
  /** Asks the app's server for an action to run on the device, and sends it `data`, an object and no array. */
  get_dynamic_action: { data: object };
  /** Opens a post. */
  open_post_page: { post_token: string };
  /** Opens a post's management page. */
  open_post_manage_page: { post_token: string };
}
