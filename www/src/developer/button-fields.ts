import type { Button } from "divar-chat-media";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ICONS } from "../ui/button-icons.js";
import { Part } from "../ui/part.js";
import { ACTIONS, type ActionName, actionOf, nameOf, readAction } from "./actions.js";
import { words } from "./words.js";

/** One button: its caption, its icon and what it does. */
@customElement("button-fields")
export class ButtonFields extends Part {
  @property({ attribute: false }) button!: Button;
  /** Which button it is, for whoever does not see where it stands. */
  @property({ attribute: false }) name = "";
  @state() private wrong = false;

  protected override render(): TemplateResult {
    const { caption, icon = "", action } = this.button;
    const current = nameOf(action);
    return html`<fieldset>
      <legend>${this.name}</legend>
      <label>${words().caption}
        <input type="text" dir="auto" .value=${caption}
          @change=${(event: Event) => this.#change({ caption: typed(event) })} />
      </label>
      <label>${words().icon}
        <select @change=${(event: Event) => this.#change({ icon: typed(event) })}>
          <option value="" ?selected=${icon === ""}>${words().noIcon}</option>
          ${Object.keys(ICONS).map(
            (name) => html`<option value=${name} ?selected=${name === icon}>${name}</option>`,
          )}
        </select>
      </label>
      <label>${words().action}
        <select @change=${(event: Event) => this.#become(typed(event) as ActionName)}>
          ${ACTIONS.map(
            (name) => html`<option value=${name} ?selected=${name === current}>
              ${words().actions[name]}
            </option>`,
          )}
        </select>
      </label>
      <label>${label(current)}
        <input type="text" dir="ltr" .value=${readAction(action)} aria-invalid=${this.wrong}
          @change=${(event: Event) => this.#fill(current, typed(event))} />
      </label>
      ${this.wrong ? html`<p class="note" role="alert">${words().wrongData}</p>` : nothing}
      <button type="button" class="plain" @click=${this.#remove}>${words().remove}</button>
    </fieldset>`;
  }

  #become(name: ActionName): void {
    this.wrong = false;
    this.#change({ action: actionOf(name) });
  }

  #fill(name: ActionName, value: string): void {
    try {
      this.#change({ action: actionOf(name, value) });
      this.wrong = false;
    } catch {
      this.wrong = true;
    }
  }

  #change(change: Partial<Button>): void {
    const { icon, ...button } = { ...this.button, ...change };
    const detail: Button = icon ? { ...button, icon } : button;
    this.dispatchEvent(new CustomEvent("button-change", { detail }));
  }

  #remove = () => {
    this.dispatchEvent(new CustomEvent("button-remove"));
  };
}

const typed = (event: Event): string => (event.target as HTMLInputElement).value;

function label(action: ActionName): string {
  if (action === "open_direct_link") return words().address;
  return action.startsWith("open_post") ? words().postToken : words().data;
}
