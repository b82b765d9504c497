import "./developer.css";
import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { icon } from "../ui/icons.js";
import { Part } from "../ui/part.js";
import "./button-editor.js";
import "./call-list.js";
import { buttonGrid } from "../model/buttons.js";
import { sample } from "./sample.js";
import { words } from "./words.js";

/** What a developer wants to know: the code, the calls that it makes, and buttons to try. */
@customElement("developer-view")
export class DeveloperView extends Part {
  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="developer-title" @keydown=${this.#keys} @close=${this.#closed}>
      <div class="head">
        <h2 id="developer-title" tabindex="-1">${words().title}</h2>
        <button type="button" class="round" aria-label=${words().close} @click=${this.#close}>
          ${icon("close")}
        </button>
      </div>
      <section aria-labelledby="code-title">
        <h3 id="code-title">${words().code}</h3>
        <pre dir="ltr" tabindex="0"><code>${sample(buttonGrid())}</code></pre>
      </section>
      <section aria-labelledby="buttons-title">
        <h3 id="buttons-title">${words().buttons}</h3>
        <button-editor></button-editor>
      </section>
      <section aria-labelledby="calls-title">
        <h3 id="calls-title">${words().calls}</h3>
        <p class="note">${words().masked}</p>
        <call-list></call-list>
      </section>
    </dialog>`;
  }

  /** Beside the chat where there is room, and else before it. */
  protected override firstUpdated(): void {
    if (matchMedia("(min-width: 64rem)").matches) this.#dialog.show();
    else this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector("dialog") as HTMLDialogElement;
  }

  #keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.#close();
  };

  #close = () => {
    this.#dialog.close();
  };

  #closed = () => {
    this.dispatchEvent(new CustomEvent("developer-toggle", { bubbles: true }));
  };
}
