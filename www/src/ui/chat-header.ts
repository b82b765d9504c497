import { html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { language, switchLanguage, t } from "../i18n/language.js";
import { isOnline } from "../model/connection.js";
import { refresh } from "../model/conversation.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";

/** Whom one talks to, and what can be done with the page as a whole. */
@customElement("chat-header")
export class ChatHeader extends Part {
  /** Whether the developer's view is open. */
  @property({ type: Boolean }) open = false;

  protected override render() {
    const other = language() === "fa" ? "en" : "fa";
    return html`
      <header>
        <img class="avatar" src="/favicon.svg" alt="" width="40" height="40" />
        <div class="who">
          <h1>${t().title}</h1>
          <p class=${isOnline() ? "online" : "offline"}>${isOnline() ? t().online : t().offline}</p>
        </div>
        <button type="button" class="plain" lang=${other} dir="auto" @click=${switchLanguage}>
          ${t().otherLanguage}
        </button>
        <button type="button" class="round" aria-label=${t().refresh} title=${t().refresh}
          @click=${() => void refresh()}>${icon("retry")}</button>
        <button type="button" class="round" id="developer" aria-expanded=${this.open}
          aria-label=${t().developer} title=${t().developer}
          @click=${this.toggle}>${icon("code")}</button>
      </header>
    `;
  }

  private toggle(): void {
    this.dispatchEvent(new CustomEvent("developer-toggle", { bubbles: true }));
  }
}
