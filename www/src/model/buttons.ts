import type { ButtonGrid } from "divar-chat-media";
import { changed } from "./watch.js";

let grid: ButtonGrid = { rows: [] };

/** The buttons that the developer has put together for the next messages; nothing where there are none. */
export const currentButtons = (): ButtonGrid | undefined =>
  grid.rows.length > 0 ? grid : undefined;

export const buttonGrid = (): ButtonGrid => grid;

export function setButtonGrid(made: ButtonGrid): void {
  grid = made;
  changed();
}
