import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { formatCount } from "../format.js";
import { t } from "../i18n/language.js";
import { conversation, mediaOf } from "../model/conversation.js";
import { webAddress } from "./address.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";

let lightbox: PictureLightbox | undefined;

/** Shows the picture of this message large. */
export const openLightbox = (messageId: string): void => lightbox?.open(messageId);

/** One picture of the conversation over all else, and the way to the others. */
@customElement("picture-lightbox")
export class PictureLightbox extends Part {
  @state() private shown: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    lightbox = this;
  }

  open(messageId: string): void {
    this.shown = messageId;
    this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    const pictures = (conversation() ?? []).filter(({ type }) => type === "IMAGE");
    const index = pictures.findIndex(({ id }) => id === this.shown);
    const picture = pictures[index];
    const src = webAddress(picture && mediaOf(picture)?.link);
    const position = t().pictureOf(formatCount(index + 1), formatCount(pictures.length));
    const step = (by: number) => () => {
      this.shown = pictures[index + by]?.id ?? this.shown;
    };
    return html`<dialog class="lightbox" aria-label=${t().lightbox} @click=${this.#closeOutside}
      @close=${() => (this.shown = undefined)} @keydown=${(event: KeyboardEvent) => this.#keys(event, step)}>
      ${src ? html`<img src=${src} alt=${`${t().picture}: ${position}`} />` : nothing}
      <div class="bar">
        <button type="button" class="round" aria-label=${t().previous} ?disabled=${index <= 0}
          @click=${step(-1)}>${icon("previous")}</button>
        <p aria-live="polite">${src ? position : ""}</p>
        <button type="button" class="round" aria-label=${t().next}
          ?disabled=${index >= pictures.length - 1} @click=${step(1)}>${icon("next")}</button>
        <button type="button" class="round close" aria-label=${t().close} autofocus
          @click=${() => this.#dialog.close()}>${icon("close")}</button>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector("dialog") as HTMLDialogElement;
  }

  /** In a line that runs from right to left the next is on the left. */
  #keys(event: KeyboardEvent, step: (by: number) => () => void): void {
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      step(event.key === forward ? 1 : -1)();
    }
  }

  #closeOutside(event: Event): void {
    if (event.target === this.#dialog) this.#dialog.close();
  }
}
