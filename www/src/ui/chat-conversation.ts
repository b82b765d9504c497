import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { tell } from "../failure.js";
import { t } from "../i18n/language.js";
import { conversation, conversationError, refresh } from "../model/conversation.js";
import "./chat-message.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";
import "./picture-lightbox.js";

/** What has arrived. */
@customElement("chat-conversation")
export class ChatConversation extends Part {
  #shown = 0;
  #isAtEnd = true;
  /** The composer grows with its files: the end of the conversation stays in view. */
  #resized = new ResizeObserver(() => this.#isAtEnd && this.#scrollToEnd());

  protected override render() {
    const messages = conversation();
    return html`
      <main tabindex="0" aria-label=${t().messages} @scroll=${this.#scrolled}>
        ${this.#notice()}
        <ol id="messages" aria-label=${t().messages}>
          ${repeat(
            messages ?? [],
            ({ id }) => id,
            (message) => html`<li data-id=${message.id} data-type=${message.type}>
              <chat-message .message=${message}></chat-message>
            </li>`,
          )}
        </ol>
      </main>
      <picture-lightbox></picture-lightbox>
    `;
  }

  /** What there is to say where there are no messages, or not all. */
  #notice() {
    const error = conversationError();
    if (error !== undefined) {
      const { sentence, code } = tell(error);
      return html`<div class="notice failure">
        ${icon("warning")}
        <p>${t().conversationFailed} ${sentence} <small dir="ltr">${code}</small></p>
        <button type="button" class="plain" @click=${() => void refresh()}>${t().retry}</button>
      </div>`;
    }
    const messages = conversation();
    if (!messages) return html`<p class="notice">${t().loading}</p>`;
    if (messages.length > 0) return nothing;
    return html`<div class="notice empty">
      <div class="art">${icon("image")}${icon("mic")}${icon("file")}</div>
      <h2>${t().emptyTitle}</h2>
      <p>${t().emptyHint}</p>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#list);
  }

  /** A new message is brought into view. */
  protected override updated(): void {
    const count = conversation()?.length ?? 0;
    if (count > this.#shown) requestAnimationFrame(() => this.#scrollToEnd());
    this.#shown = count;
  }

  get #list(): HTMLElement {
    return this.querySelector("main") as HTMLElement;
  }

  #scrollToEnd(): void {
    this.#list.scrollTo(0, this.#list.scrollHeight);
  }

  #scrolled = () => {
    const { scrollHeight, clientHeight, scrollTop } = this.#list;
    this.#isAtEnd = scrollHeight - clientHeight - scrollTop < 8;
  };
}
