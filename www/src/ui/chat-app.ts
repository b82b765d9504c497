import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { t } from "../i18n/language.js";
import { said } from "../model/said.js";
import { take } from "../model/tray.js";
import "./chat-composer.js";
import "./chat-conversation.js";
import "./chat-header.js";
import "./connection-banner.js";
import { watchDrop } from "./drop.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";
import { watchPaste } from "./paste.js";
import "./total-progress.js";

/** The whole page. */
@customElement("chat-app")
export class ChatApp extends Part {
  @state() private dragging = false;
  @state() private developer = false;

  override connectedCallback(): void {
    super.connectedCallback();
    watchPaste(take);
    watchDrop({ over: (dragging) => (this.dragging = dragging), take });
    this.addEventListener("developer-toggle", () => void this.toggleDeveloper());
  }

  private async toggleDeveloper(): Promise<void> {
    if (!this.developer) await import("../developer/developer-view.js");
    this.developer = !this.developer;
    await this.updateComplete;
    const focused = this.developer ? "developer-view h2" : "#developer";
    this.querySelector<HTMLElement>(focused)?.focus();
  }

  protected override render() {
    return html`
      <a class="skip" href="#composer">${t().skip}</a>
      <div class="page ${this.developer ? "with-developer" : ""}">
        <div class="chat">
          <chat-header ?open=${this.developer}></chat-header>
          <connection-banner></connection-banner>
          <chat-conversation></chat-conversation>
          <total-progress></total-progress>
          <chat-composer></chat-composer>
        </div>
        ${this.developer ? html`<developer-view></developer-view>` : ""}
      </div>
      ${this.dragging ? html`<div class="drop">${icon("add")}<p>${t().dropHere}</p></div>` : ""}
      <p class="unseen" role="status" id="said">${said()}</p>
    `;
  }
}
