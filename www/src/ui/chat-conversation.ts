import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { tell } from "../failure.js";
import { t } from "../i18n/language.js";
import { conversation, conversationError, refresh } from "../model/conversation.js";
import { outbox } from "../model/outbox.js";
import { tray } from "../model/tray.js";
import "./chat-message.js";
import { icon } from "./icons.js";
import "./outgoing-file.js";
import { Part } from "./part.js";
import "./picture-lightbox.js";

/** What has arrived, and after it what is on its way. */
@customElement("chat-conversation")
export class ChatConversation extends Part {
  #shown = { here: 0, chosen: 0 };

  protected override render() {
    const messages = conversation();
    const going = outbox();
    return html`
      <main tabindex="0" aria-label=${t().messages}>
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
        <ol id="outbox" ?hidden=${going.length === 0} aria-label=${t().chosen}>
          ${repeat(
            going,
            ({ id }) => id,
            (attachment) =>
              html`<li><outgoing-file .attachment=${attachment}></outgoing-file></li>`,
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
    if (messages.length + outbox().length > 0) return nothing;
    return html`<div class="notice empty">
      <div class="art">${icon("image")}${icon("mic")}${icon("file")}</div>
      <h2>${t().emptyTitle}</h2>
      <p>${t().emptyHint}</p>
    </div>`;
  }

  /** What comes anew is brought into view. */
  protected override updated(_: PropertyValues): void {
    // A file that arrives only changes its looks; those that are chosen leave less room for the rest.
    const here = (conversation()?.length ?? 0) + outbox().length;
    const chosen = tray().length;
    const more = here > this.#shown.here || chosen > this.#shown.chosen;
    const list = this.querySelector("main");
    if (list && more) requestAnimationFrame(() => list.scrollTo(0, list.scrollHeight));
    this.#shown = { here, chosen };
  }
}
