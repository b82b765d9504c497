import type { Button, ButtonGrid } from "divar-chat-media";
import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { t } from "../i18n/language.js";
import { say } from "../model/said.js";
import { webAddress } from "./address.js";
import { buttonIcon } from "./button-icons.js";
import { Part } from "./part.js";

/** The buttons under a message. This page is not Divar: it says what Divar would do, and opens links. */
@customElement("message-buttons")
export class MessageButtons extends Part {
  @property({ attribute: false }) grid: ButtonGrid = { rows: [] };
  @state() private told = "";

  protected override render(): TemplateResult {
    return html`<div class="grid" role="group" aria-label=${t().messageButtons}>
      ${this.grid.rows.map(
        ({ buttons }) =>
          html`<div class="line">${buttons.map((button) => this.#button(button))}</div>`,
      )}
      ${this.told ? html`<p class="note">${this.told}</p>` : ""}
    </div>`;
  }

  #button({ caption, icon, action }: Button): TemplateResult {
    const face = html`${buttonIcon(icon)}<span dir="auto">${caption}</span>`;
    const link = webAddress(action.open_direct_link);
    if (link) return html`<a href=${link} target="_blank" rel="noopener">${face}</a>`;
    return html`<button type="button" @click=${() => this.#tell(action)}>${face}</button>`;
  }

  #tell(action: Button["action"]): void {
    const [name] = Object.keys(action) as (keyof typeof action)[];
    if (!name || name === "open_direct_link") return;
    this.told = t().buttonPressed[name];
    say(this.told);
  }
}
