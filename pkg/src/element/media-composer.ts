import {
  type CSSResultGroup,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { EndpointHeaders } from "../types/address.js";
import type { ButtonGrid } from "../types/button.js";
import type { SentMessage } from "../types/message.js";
import type { PrepareOptions } from "../types/prepare.js";
import type { SendMediaOptions } from "../types/send.js";
import type { EndpointTokenOptions } from "../types/token.js";
import type { MediaType } from "../types/upload.js";
import type { Attachment, ComposerFile, Preparation } from "./attachment.js";
import { ComposerFiles } from "./composer-files.js";
import { describeError } from "./describe-error.js";
import { watchDropZone } from "./drop-zone.js";
import type { ComposerEventMap } from "./events.js";
import { FormValue } from "./form-value.js";
import { formatCount } from "./format.js";
import { inputAccept, MEDIA_TYPES } from "./media-type.js";
import { messageOptions, type Recipient } from "./recipient.js";
import { Recorder } from "./recorder.js";
import { en } from "./strings/en.js";
import { fa } from "./strings/fa.js";
import type { ComposerStrings } from "./strings/strings.js";
import { controls } from "./styles/controls.js";
import { files } from "./styles/files.js";
import { layout } from "./styles/layout.js";
import { palette } from "./styles/palette.js";
import { chosenFile, failure, outgoingFile } from "./view/file-item.js";
import { icon } from "./view/icons.js";
import { totalProgress } from "./view/total-progress.js";
import type { ComposerView } from "./view/view.js";
import { voiceRecorder } from "./view/voice-recorder.js";

/** Media types as the attribute has them, separated by spaces, or as a list. */
function mediaTypes(given: string | readonly MediaType[]): readonly MediaType[] {
  const words: readonly string[] = typeof given === "string" ? given.split(/\s+/) : given;
  const types = MEDIA_TYPES.filter((type) => words.includes(type));
  return types.length > 0 ? types : MEDIA_TYPES;
}

/**
 * Chooses, prepares and sends files into a chat on Divar.
 *
 * In a form it submits the media tokens of the files that were delivered, under its `name`.
 * Removed from the page, it cancels what it is sending and forgets its files.
 *
 * @tag divar-media-composer
 * @fires {CustomEvent<ComposerChange>} divar-change - after files were added, removed or changed
 * @fires {CustomEvent<ComposerProgress>} divar-progress - after a file that is being sent changed
 * @fires {CustomEvent<ComposerSend>} divar-send - before files are sent; `preventDefault()` keeps them
 * @fires {CustomEvent<ComposerSent>} divar-sent - after a message was delivered
 * @fires {CustomEvent<ComposerError>} divar-error - after a file could not be sent
 * @csspart composer - the form
 * @csspart files - the list of files
 * @csspart file - a file
 * @csspart preview - the preview of a file
 * @csspart name - the name of a file
 * @csspart facts - the kind, the size and the duration of a file
 * @csspart changes - what was changed to prepare a file
 * @csspart progress - a progress bar
 * @csspart failure - an error
 * @csspart total - the progress of all files
 * @csspart button - a button
 * @csspart choose - the label of the file input
 * @csspart camera - the label of the camera
 * @csspart record - the button that records
 * @csspart send - the button that sends
 * @csspart recorder - the running recording
 * @csspart level - the loudness of the running recording
 * @csspart drop - what is shown while files are held over it
 * @cssprop --divar-brand - the background of the button that sends
 * @cssprop --divar-on-brand - the text on it
 * @cssprop --divar-accent - other buttons, icons and progress
 * @cssprop --divar-surface - the background
 * @cssprop --divar-text - text
 * @cssprop --divar-text-secondary - sizes, stages and the like
 * @cssprop --divar-divider - lines
 * @cssprop --divar-hover - the background of a button under the pointer
 * @cssprop --divar-success - the icons of changes
 * @cssprop --divar-error - the line and the icon of an error
 * @cssprop --divar-error-surface - the background of an error
 * @cssprop --divar-focus - the outline of what has the focus
 * @cssprop --divar-radius - the radius of buttons and previews
 * @cssprop --divar-font - the font family
 * @cssprop --divar-files-height - the greatest height of the list of files
 */
export class DivarMediaComposer extends LitElement {
  /** The style sheets of the shadow root. A page changes the colours by custom properties. */
  static override styles: CSSResultGroup = [palette, controls, layout, files];
  static readonly formAssociated = true;

  static override properties: PropertyDeclarations = {
    endpoint: {},
    target: {},
    conversationId: { attribute: "conversation-id" },
    userId: { attribute: "user-id" },
    chatUrl: { attribute: "chat-url" },
    headers: { attribute: false },
    relay: { type: Boolean },
    accept: {},
    maxFiles: { type: Number, attribute: "max-files" },
    longestEdge: { type: Number, attribute: "longest-edge" },
    buttons: { attribute: false },
    convert: { attribute: false },
    senderButtons: { attribute: false },
    receiverButtons: { attribute: false },
    strings: { attribute: false },
    disabled: { type: Boolean, reflect: true },
    pageWide: { type: Boolean, attribute: "page-wide", reflect: true },
    persist: { type: Boolean },
    name: { reflect: true },
  };

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit collects the attributes of the class that is asked
    return [...super.observedAttributes, "lang"];
  }

  /** The app's own media routes, as `endpoint` of `sendMedia`. @defaultValue `"/divar"` */
  declare endpoint: string;
  /** Whom the messages go to. @defaultValue `"chatbot"` */
  declare target: Recipient["target"];
  /** The conversation, for the targets `chatbot` and `conversation`. */
  declare conversationId: string | undefined;
  /** The user, for the target `user`. */
  declare userId: string | undefined;
  /** A replacement for Divar's chat host, as `chatUrl` of `sendMedia`. */
  declare chatUrl: string | undefined;
  /** Headers for the calls to `endpoint`. */
  declare headers: EndpointHeaders | undefined;
  /** Sends the files through the app's server, as `relay` of `sendMedia`. @defaultValue `false` */
  declare relay: boolean;
  /** The media types to accept, separated by spaces or as a list. @defaultValue all four */
  declare accept: string | readonly MediaType[];
  /** How many files the composer holds at most. @defaultValue no limit */
  declare maxFiles: number | undefined;
  /** The longest edge of a picture, in pixels, as in `prepareMedia`. */
  declare longestEdge: number | undefined;
  /**
   * Converts sound and videos that Divar does not take, as `convert` of `prepareMedia`:
   * `() => import("divar-chat-media/convert")`.
   */
  declare convert: PrepareOptions["convert"];
  /** The buttons under the next messages, for the targets `chatbot` and `user`. */
  declare buttons: ButtonGrid | undefined;
  /** The buttons under the next messages that the sender sees, for the target `conversation`. */
  declare senderButtons: ButtonGrid | undefined;
  /** The buttons under the next messages that the recipient sees, for the target `conversation`. */
  declare receiverButtons: ButtonGrid | undefined;
  /** All texts. @defaultValue Persian or English, by the nearest `lang` */
  declare strings: ComposerStrings | undefined;
  /** Takes no files and sends none. Files that are being sent are not stopped. @defaultValue `false` */
  declare disabled: boolean;
  /** Takes what is dropped or pasted anywhere on the page. @defaultValue `false`: on the composer */
  declare pageWide: boolean;
  /**
   * Keeps the files in IndexedDB until they are sent, for a day at most, and offers them again when the
   * page is opened again. A file whose message may have been delivered is shown, and not sent again.
   * @defaultValue `false`
   */
  declare persist: boolean;
  /** Under which a form submits the media tokens of the delivered files. @defaultValue none: nothing is submitted */
  declare name: string | null;

  #files = new ComposerFiles({
    preparation: () => this.#preparation(),
    tokenOptions: () => this.#tokenOptions(),
    sendOptions: (attachment) => this.#sendOptions(attachment),
    changed: () => this.#changed(),
    progressed: () => this.#progressed(),
    sent: (attachment, message) => this.#sent(attachment, message),
    failed: (attachment, error) => this.#failed(attachment, error),
  });
  #recorder = new Recorder({
    recordingChanged: () => this.#recordingChanged(),
    recorded: (file) => this.addFiles([file]),
    convert: () => this.convert,
  });
  #formValue = new FormValue(this);
  /** Whether the browser has it disabled: by its attribute or by a fieldset around it. */
  #isFormDisabled = false;
  #view: ComposerView;
  #isDraggedOver = false;
  #notice = "";
  #announcement = "";
  /** The recipient whose store is open. */
  #storedFor: string | undefined;
  #stopDropZone: (() => void) | undefined;

  constructor() {
    super();
    this.endpoint = "/divar";
    this.target = "chatbot";
    this.relay = false;
    this.accept = MEDIA_TYPES;
    this.disabled = false;
    this.pageWide = false;
    this.persist = false;
    this.name = null;
    this.#view = {
      strings: fa,
      cancel: (attachment) => this.#files.cancel(attachment),
      retry: (attachment) => this.#files.retry(attachment),
      remove: (attachment) => this.#files.remove(attachment),
      requestUpdate: () => this.requestUpdate(),
    };
  }

  /** The files that are chosen or being sent, in the order in which they were added. */
  get files(): readonly ComposerFile[] {
    return this.#files.all;
  }

  /** Whether files are being sent. */
  get isSending(): boolean {
    return this.#files.isSending;
  }

  /** The form that it belongs to. */
  get form(): HTMLFormElement | null {
    return this.#formValue.form;
  }

  /** Invalid while it holds files that were not delivered, and while it records. */
  get validity(): ValidityState | undefined {
    return this.#formValue.validity;
  }

  get validationMessage(): string {
    return this.#formValue.validationMessage;
  }

  checkValidity(): boolean {
    return this.#formValue.checkValidity();
  }

  reportValidity(): boolean {
    return this.#formValue.reportValidity();
  }

  /** Adds files, as if they had been chosen. */
  addFiles(files: Iterable<File>): void {
    const given = [...files];
    if (this.#isDisabled || given.length === 0) return;
    const strings = this.#currentStrings();
    const room = (this.maxFiles ?? Number.POSITIVE_INFINITY) - this.#files.all.length;
    const added = given.slice(0, Math.max(0, room));
    const isFull = added.length < given.length;
    this.#notice = isFull ? strings.tooMany(formatCount(strings.locale, this.maxFiles ?? 0)) : "";
    this.#announce(this.#notice || strings.chosenCount(formatCount(strings.locale, added.length)));
    if (added.length > 0) this.#files.add(added);
  }

  /**
   * Sends the chosen files, as the button does; those that are still being prepared follow when they
   * are ready.
   *
   * @returns whether there was something to send and no listener of `divar-send` prevented it
   */
  send(): boolean {
    const sendable = this.#files.sendable;
    if (this.#isDisabled || sendable.length === 0) return false;
    if (!this.#dispatch("divar-send", { files: sendable }, { cancelable: true })) return false;
    const { buttons, senderButtons, receiverButtons } = this;
    for (const attachment of sendable) {
      Object.assign(attachment, { buttons, senderButtons, receiverButtons });
    }
    this.#notice = "";
    this.#files.send(sendable);
    return true;
  }

  /** Cancels what is being sent or recorded, and removes all files. */
  clear(): void {
    this.#recorder.discard();
    this.#notice = "";
    this.#files.clear();
  }

  /** Cancels a file if it is being sent, and removes it. */
  removeFile(file: ComposerFile): void {
    const attachment = this.#files.all.find((one) => one === file);
    if (attachment) this.#files.remove(attachment);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot?.querySelector<HTMLElement>("#file")?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", this.#networkChanged);
    addEventListener("offline", this.#networkChanged);
    addEventListener("beforeunload", this.#warnBeforeLeaving);
    this.#watchDropZone();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.#networkChanged);
    removeEventListener("offline", this.#networkChanged);
    removeEventListener("beforeunload", this.#warnBeforeLeaving);
    this.#stopDropZone?.();
    // An element that is moved is connected again by now.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#recorder.discard();
      this.#storedFor = undefined;
      this.#files.dispose();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === "lang") this.requestUpdate();
  }

  /** The browser calls it after a change of `disabled`, its own or that of a fieldset around it. */
  formDisabledCallback(isDisabled: boolean): void {
    this.#isFormDisabled = isDisabled;
    this.requestUpdate();
  }

  /** The browser calls it when the form is reset. */
  formResetCallback(): void {
    this.clear();
    this.#formValue.clear();
  }

  get #isDisabled(): boolean {
    // The attribute follows the property later, and the browser follows the attribute.
    return this.disabled || (this.#isFormDisabled && !this.hasAttribute("disabled"));
  }

  protected override updated(changed: PropertyValues): void {
    const isUnsent = this.files.length > 0 || this.#recorder.isActive;
    const anchor = this.renderRoot.querySelector<HTMLElement>("#file, #stop");
    this.#formValue.setProblem(isUnsent ? this.#currentStrings().unsent : "", anchor);
    if (changed.has("name")) this.#formValue.rename(this.name);
    if (changed.has("pageWide") && this.isConnected) this.#watchDropZone();
    void this.#openStore();
  }

  /** Opens the store of the recipient, as soon as it is known. */
  async #openStore(): Promise<void> {
    const { target, conversationId, userId, endpoint } = this;
    const id = target === "user" ? userId : conversationId;
    if (!this.persist || !this.isConnected || id === undefined) return;
    const recipient = [endpoint, target, id].join(" ");
    if (recipient === this.#storedFor) return;
    this.#storedFor = recipient;
    // If it does not load, the files end with the page.
    const loaded = await import("./stored-files.js").catch(() => undefined);
    if (!loaded || recipient !== this.#storedFor) return;
    this.#files.keepIn(new loaded.StoredFiles(recipient));
  }

  protected override render(): TemplateResult {
    const strings = this.#currentStrings();
    this.#view = { ...this.#view, strings };
    const { recording, isActive } = this.#recorder;
    return html`<div class="composer" dir=${strings.direction}>
      <form id="composer" part="composer" aria-label=${strings.composer} @submit=${this.#submitted}>
        ${this.#renderFiles()}
        ${totalProgress(this.#files.batch, this.#view)}
        ${this.#notice ? html`<p class="notice">${this.#notice}</p>` : nothing}
        ${recording.state === "failed" ? failure(recording.error, strings) : nothing}
        ${isActive ? voiceRecorder(this.#recorder, strings) : this.#renderRow(strings)}
      </form>
      ${
        this.#isDraggedOver
          ? html`<div class="drop" part="drop">${icon("add")}<p>${strings.dropHere}</p></div>`
          : nothing
      }
      <p class="unseen" role="status">${this.#announcement}</p>
    </div>`;
  }

  #renderFiles(): TemplateResult | typeof nothing {
    const { chosen, outgoing, all } = this.#files;
    const { strings } = this.#view;
    return html`<div class="files" part="files" ?hidden=${all.length === 0}>
      <ol id="outbox" ?hidden=${outgoing.length === 0} aria-label=${strings.outgoing}>
        ${repeat(
          outgoing,
          ({ id }) => id,
          (attachment) => html`<li>${outgoingFile(attachment, this.#view)}</li>`,
        )}
      </ol>
      <ul class="tray" ?hidden=${chosen.length === 0} aria-label=${strings.chosen}>
        ${repeat(
          chosen,
          ({ id }) => id,
          (attachment) => html`<li>${chosenFile(attachment, this.#view)}</li>`,
        )}
      </ul>
    </div>`;
  }

  #renderRow(strings: ComposerStrings): TemplateResult {
    const disabled = this.#isDisabled;
    const count = this.#files.sendable.length;
    const shown = formatCount(strings.locale, count);
    const types = mediaTypes(this.accept);
    return html`<div class="row">
      <input type="file" id="file" class="unseen" multiple accept=${inputAccept(types)} ?disabled=${disabled}
        @change=${this.#chosen} />
      <label for="file" class="choose" part="button choose">
        ${icon("add")}<span>${strings.choose}</span>
      </label>
      ${types.includes("image") ? this.#renderCamera(strings) : nothing}
      ${types.includes("voice") ? this.#renderRecord(strings) : nothing}
      <button type="submit" id="send" class="strong" part="button send"
        aria-label=${count > 1 ? strings.sendCount(shown) : strings.send}
        ?disabled=${disabled || count === 0}>
        ${icon("send")}<span>${strings.send}</span>
        ${count > 1 ? html`<bdi class="badge">${shown}</bdi>` : nothing}
      </button>
    </div>`;
  }

  #renderCamera(strings: ComposerStrings): TemplateResult {
    return html`<input type="file" id="camera" class="unseen" accept="image/*" capture="environment"
        ?disabled=${this.#isDisabled} @change=${this.#chosen} />
      <label for="camera" class="round camera" part="button camera" title=${strings.camera}>
        ${icon("camera")}<span class="unseen">${strings.camera}</span>
      </label>`;
  }

  #renderRecord(strings: ComposerStrings): TemplateResult {
    return html`<button type="button" class="round" id="record" part="button record"
      aria-label=${strings.record} title=${strings.record} ?disabled=${this.#isDisabled}
      @click=${() => void this.#recorder.start()}>${icon("mic")}</button>`;
  }

  #currentStrings(): ComposerStrings {
    if (this.strings) return this.strings;
    const nearest = this.closest<HTMLElement>("[lang]") ?? document.documentElement;
    return /^(?:fa\b|$)/i.test(nearest.lang) ? fa : en;
  }

  #preparation(): Preparation {
    return {
      accept: mediaTypes(this.accept),
      longestEdge: this.longestEdge,
      convert: this.convert,
    };
  }

  #tokenOptions(): EndpointTokenOptions {
    const { endpoint, headers } = this;
    return { endpoint, whenOffline: "wait", ...(headers && { headers }) };
  }

  #sendOptions(attachment: Attachment): SendMediaOptions {
    const { mediaToken } = attachment;
    const { target, conversationId, userId, relay, chatUrl } = this;
    return {
      ...this.#tokenOptions(),
      relay,
      ...(chatUrl !== undefined && { chatUrl }),
      ...(mediaToken !== undefined && { mediaToken }),
      ...messageOptions({ target, conversationId, userId }, attachment),
    };
  }

  #changed(): void {
    this.requestUpdate();
    this.#dispatch("divar-change", { files: this.files });
  }

  #progressed(): void {
    const { batch } = this.#files;
    const sum = (of: (file: ComposerFile) => number) =>
      batch.reduce((total, file) => total + of(file), 0);
    const [loaded, total] = [sum((file) => file.loaded), sum((file) => file.size)];
    this.#dispatch("divar-progress", { loaded, total, files: batch });
  }

  #sent(file: Attachment, message: SentMessage): void {
    if (file.mediaToken !== undefined) this.#formValue.add(file.mediaToken, this.name);
    this.#announce(this.#currentStrings().sent);
    this.#dispatch("divar-sent", { file, message });
  }

  #failed(file: Attachment, error: unknown): void {
    this.#announce(describeError(error, this.#currentStrings()).sentence);
    this.#dispatch("divar-error", { file, error });
  }

  #recordingChanged(): void {
    const { recording } = this.#recorder;
    const strings = this.#currentStrings();
    if (recording.state === "starting") this.#announce(strings.recording);
    if (recording.state === "failed") {
      this.#announce(describeError(recording.error, strings).sentence);
    }
    this.requestUpdate();
    if (recording.state === "starting") {
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>("#stop")?.focus(),
      );
    }
  }

  /** Has screen readers read a text; the same text is read again only if it differs. */
  #announce(text: string): void {
    this.#announcement = text === this.#announcement ? `${text}\u00a0` : text;
    this.requestUpdate();
  }

  #dispatch<Name extends keyof ComposerEventMap>(
    name: Name,
    detail: ComposerEventMap[Name]["detail"],
    options: EventInit = {},
  ): boolean {
    const event = new CustomEvent(name, { detail, bubbles: true, composed: true, ...options });
    return this.dispatchEvent(event);
  }

  #watchDropZone(): void {
    this.#stopDropZone?.();
    this.#stopDropZone = watchDropZone(this.pageWide ? window : this, {
      draggedOver: (isOver) => {
        this.#isDraggedOver = isOver && !this.#isDisabled;
        this.requestUpdate();
      },
      addFiles: (files) => this.addFiles(files),
    });
  }

  #networkChanged = () => this.requestUpdate();

  #warnBeforeLeaving = (event: BeforeUnloadEvent) => {
    if (!this.isSending && !this.#recorder.isActive) return;
    event.preventDefault();
    // Browsers before 2023 need it.
    event.returnValue = true;
  };

  #chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    this.addFiles(input.files ?? []);
    // Else the same file, chosen again, is no change.
    input.value = "";
  };

  /** The button is disabled once everything is sent: the focus then goes to the file input. */
  #submitted = async (event: Event) => {
    event.preventDefault();
    const button = this.renderRoot.querySelector("#send");
    const hadFocus = button !== null && this.shadowRoot?.activeElement === button;
    this.send();
    await this.updateComplete;
    if (hadFocus) this.focus();
  };
}
