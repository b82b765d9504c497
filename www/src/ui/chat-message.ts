import { describeChange, en, fa } from "divar-chat-media/element";
import type { MediaChange } from "divar-chat-media/prepare";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatSize, formatTime } from "../format.js";
import { language, t } from "../i18n/language.js";
import { mediaOf } from "../model/conversation.js";
import { originOf } from "../model/origins.js";
import type { Message } from "../routes.js";
import { type Icon, icon } from "./icons.js";
import "./message-buttons.js";
import "./message-media.js";
import { Part } from "./part.js";

/** A message that has arrived. */
@customElement("chat-message")
export class ChatMessage extends Part {
  @property({ attribute: false }) message!: Message;

  protected override render(): TemplateResult {
    const { message } = this;
    // The app speaks as the chatbot, so what the bot sent is what this page sent.
    const side = message.sender?.type === "BOT" ? "sent" : "received";
    const origin = originOf(message.id);
    return html`
      <article class="bubble ${side}">
        <message-media .message=${message}></message-media>
        ${this.#foot(side)}
      </article>
      ${origin?.buttons ? html`<message-buttons .grid=${origin.buttons}></message-buttons>` : nothing}
    `;
  }

  #foot(side: string): TemplateResult {
    const size = Number(mediaOf(this.message)?.size_bytes);
    const sentAt = new Date(this.message.sent_at ?? "");
    const known = !Number.isNaN(sentAt.getTime());
    return html`<footer>
      ${size > 0 ? details(size, originOf(this.message.id)?.changes ?? []) : nothing}
      <span class="end">
        ${known ? html`<time datetime=${sentAt.toISOString()}>${formatTime(sentAt)}</time>` : nothing}
        ${side === "sent" ? html`${icon("check")}<span class="unseen">${t().arrived}</span>` : nothing}
      </span>
    </footer>`;
  }
}

/** The size of a file and what was changed before it was sent. */
function details(size: number, changes: readonly MediaChange[]): TemplateResult {
  const strings = language() === "fa" ? fa : en;
  return html`<details class="changes">
    <summary>${t().details}</summary>
    <p><bdi>${formatSize(size)}</bdi></p>
    <ul>
      ${changes.map((change) => html`<li>${icon(iconOf(change))}<span>${describeChange(change, strings)}</span></li>`)}
    </ul>
  </details>`;
}

function iconOf({ change }: MediaChange): Icon {
  if (change === "metadata_removed") return "shield";
  return change === "redrawn" || change === "converted" ? "shrink" : "box";
}
