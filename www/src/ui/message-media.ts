import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { t } from "../i18n/language.js";
import { mediaOf } from "../model/conversation.js";
import { originOf } from "../model/origins.js";
import type { Message } from "../routes.js";
import { webAddress } from "./address.js";
import { fileName } from "./file-name.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";
import { openLightbox } from "./picture-lightbox.js";
import "./voice-player.js";

/** The picture, video, voice note, document or text of a message. */
@customElement("message-media")
export class MessageMedia extends Part {
  @property({ attribute: false }) message!: Message;
  /** Whether the browser could not load or play it. */
  @state() private broken = false;

  protected override render(): TemplateResult {
    const { message } = this;
    if (message.type === "TEXT") return html`<p class="text" dir="auto">${message.text}</p>`;
    const link = webAddress(mediaOf(message)?.link);
    if (link && message.type === "IMAGE") return this.#picture(link, message.image_data);
    if (link && message.type === "VIDEO") return this.#video(link);
    if (link && message.type === "VOICE") {
      const levels = originOf(message.id)?.levels;
      return html`<voice-player .src=${link} .levels=${levels}></voice-player>`;
    }
    if (link && message.type === "FILE") return card(link, message.file_data?.name);
    return html`<p class="note">${t().unknownMessage}</p>`;
  }

  /** With its size known before it has come, the conversation does not jump. */
  #picture(src: string, data: Message["image_data"]): TemplateResult {
    if (this.broken) return html`<p class="note">${t().pictureBroken}</p>`;
    return html`<button type="button" class="picture" aria-label=${t().openPicture}
      @click=${() => openLightbox(this.message.id)}>
      <img src=${src} alt=${t().picture} width=${data?.width_px ?? nothing}
        height=${data?.height_px ?? nothing} @error=${this.#fail} />
    </button>`;
  }

  #video(src: string): TemplateResult {
    if (this.broken) return html`<p class="note">${t().videoBroken}</p>`;
    return html`<video src=${src} controls playsinline preload="metadata" aria-label=${t().video}
      @error=${this.#fail}></video>`;
  }

  #fail = () => {
    this.broken = true;
  };
}

function card(href: string, name = t().namelessDocument): TemplateResult {
  return html`<a class="card" href=${href} target="_blank" rel="noopener">
    ${icon("file")}
    <span>${fileName(name)}<small>${t().document}</small></span>
  </a>`;
}
