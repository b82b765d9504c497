import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { t } from "../i18n/language.js";
import { isOnline } from "../model/connection.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";

/** Says that there is no network, and that nothing has to be done about it. */
@customElement("connection-banner")
export class ConnectionBanner extends Part {
  protected override render() {
    if (isOnline()) return nothing;
    return html`<p class="banner">${icon("offline")}<span>${t().offlineLong}</span></p>`;
  }
}
