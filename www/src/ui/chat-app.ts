import type {
  ComposerError,
  ComposerSend,
  ComposerSent,
  DivarMediaComposer,
} from "divar-chat-media/element";
import "divar-chat-media/element";
import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { tell } from "../failure.js";
import { language, t } from "../i18n/language.js";
import { currentButtons } from "../model/buttons.js";
import { knownConfig, loadConfig } from "../model/config.js";
import { knownIds, refresh } from "../model/conversation.js";
import { said, say } from "../model/said.js";
import { lookFor, noteBefore } from "../model/sent-files.js";
import "./chat-conversation.js";
import "./chat-header.js";
import "./connection-banner.js";
import { Part } from "./part.js";

/** Loaded for the first file that needs it. */
const importConvert = () => import("divar-chat-media/convert");

/** The whole page. */
@customElement("chat-app")
export class ChatApp extends Part {
  @state() private developer = false;

  override connectedCallback(): void {
    super.connectedCallback();
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
    const { chatUrl, conversationId } = knownConfig() ?? {};
    return html`
      <a class="skip" href="#composer" @click=${this.#skip}>${t().skip}</a>
      <div class="page ${this.developer ? "with-developer" : ""}">
        <div class="chat">
          <chat-header ?open=${this.developer}></chat-header>
          <connection-banner></connection-banner>
          <chat-conversation></chat-conversation>
          <divar-media-composer id="composer" lang=${language()} page-wide persist .chatUrl=${chatUrl}
            .conversationId=${conversationId} .buttons=${currentButtons()}
            .convert=${importConvert}
            @divar-send=${this.#send} @divar-sent=${this.#sent} @divar-error=${this.#failed}
          ></divar-media-composer>
        </div>
        ${this.developer ? html`<developer-view></developer-view>` : ""}
      </div>
      <p class="unseen" role="status" id="said">${said()}</p>
    `;
  }

  get #composer(): DivarMediaComposer {
    return this.querySelector("divar-media-composer") as DivarMediaComposer;
  }

  #skip = (event: Event) => {
    event.preventDefault();
    this.#composer.focus();
  };

  /** Sending waits for the page to know where to. */
  #send = (event: CustomEvent<ComposerSend>) => {
    noteBefore(event.detail.files, knownIds());
    if (knownConfig()) return;
    event.preventDefault();
    void this.#sendLater();
  };

  async #sendLater(): Promise<void> {
    try {
      await loadConfig();
    } catch (error) {
      say(tell(error).sentence);
      return;
    }
    await this.updateComplete;
    this.#composer.send();
  }

  #sent = ({ detail }: CustomEvent<ComposerSent>) => {
    lookFor(detail.file);
    void refresh();
  };

  /** A message that may have been delivered is looked for in the conversation. */
  #failed = ({ detail: { file, error } }: CustomEvent<ComposerError>) => {
    if (!isDeliveryUnknown(error)) return;
    lookFor(file, () => this.#composer.removeFile(file));
    void refresh();
  };
}

const isDeliveryUnknown = (error: unknown): boolean =>
  (error as { deliveryUnknown?: boolean } | undefined)?.deliveryUnknown === true;
