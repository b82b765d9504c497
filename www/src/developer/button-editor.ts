import type { Button, ButtonGrid } from "divar-chat-media";
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount } from "../format.js";
import { buttonGrid, setButtonGrid } from "../model/buttons.js";
import { icon } from "../ui/icons.js";
import { Part } from "../ui/part.js";
import "./button-fields.js";
import { words } from "./words.js";

/** Divar's own bound, of rows and of buttons in one. */
const MOST = 3;

/** Puts together the buttons that come under the next messages. */
@customElement("button-editor")
export class ButtonEditor extends Part {
  protected override render(): TemplateResult {
    const { rows } = buttonGrid();
    return html`<p class="note">${words().buttonsHint}</p>
      ${rows.map(({ buttons }, row) => this.#row(buttons, row))}
      ${
        rows.length < MOST
          ? html`<button type="button" class="plain" id="add-row" @click=${() => this.#add(rows.length)}>
            ${icon("add")}${words().addRow}
          </button>`
          : nothing
      }`;
  }

  #row(buttons: Button[], row: number): TemplateResult {
    return html`<div class="editor-row">
      ${buttons.map(
        (button, place) => html`<button-fields
          .button=${button}
          .name=${words().button(formatCount(row + 1), formatCount(place + 1))}
          @button-change=${(event: CustomEvent<Button>) => this.#put(row, place, event.detail)}
          @button-remove=${() => this.#put(row, place)}
        ></button-fields>`,
      )}
      ${
        buttons.length < MOST
          ? html`<button type="button" class="plain" @click=${() => this.#add(row)}>
            ${icon("add")}${words().addButton(formatCount(row + 1))}
          </button>`
          : nothing
      }
    </div>`;
  }

  #add(row: number): void {
    const action = { open_direct_link: "https://divar.ir" };
    this.#put(row, MOST, { caption: words().newCaption, action });
  }

  /** A button in its place, or out of it; a row without buttons goes, too. */
  #put(row: number, place: number, button?: Button): void {
    const rows = buttonGrid().rows.map(({ buttons }) => ({ buttons: [...buttons] }));
    rows[row] ??= { buttons: [] };
    rows[row].buttons.splice(place, 1, ...(button ? [button] : []));
    setButtonGrid({ rows: rows.filter(({ buttons }) => buttons.length > 0) } satisfies ButtonGrid);
  }
}
