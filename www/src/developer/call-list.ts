import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { formatCount } from "../format.js";
import { type Call, recordedCalls } from "../model/wire.js";
import { Part } from "../ui/part.js";
import { words } from "./words.js";

/** The calls as they went over the wire, the latest first. */
@customElement("call-list")
export class CallList extends Part {
  protected override render(): TemplateResult {
    const calls = [...recordedCalls()].reverse();
    if (calls.length === 0) return html`<p class="note">${words().noCalls}</p>`;
    return html`<ol class="calls">
      ${repeat(
        calls,
        ({ id }) => id,
        (call) => html`<li data-stage=${call.stage}>${row(call)}</li>`,
      )}
    </ol>`;
  }
}

function row(call: Call): TemplateResult {
  const { method, url, headers, body, answer, milliseconds } = call;
  const path = new URL(url).pathname;
  return html`<details>
    <summary>
      <span class="stage-name">${words()[call.stage]}</span>
      <bdi dir="ltr" class="path">${method} ${path}</bdi>
      <span class="outcome ${good(call.status) ? "good" : "bad"}">
        <bdi dir="ltr">${outcome(call.status)}</bdi>
        ${
          milliseconds === undefined
            ? nothing
            : html`<bdi>${words().milliseconds(formatCount(milliseconds))}</bdi>`
        }
      </span>
    </summary>
    <h4>${words().request}</h4>
    <pre dir="ltr" tabindex="0">${[`${method} ${url}`, ...headers, "", body].join("\n")}</pre>
    <h4>${words().answer}</h4>
    <pre dir="ltr" tabindex="0">${answer || outcome(call.status)}</pre>
  </details>`;
}

const good = (status: number | undefined) =>
  status === undefined || (status >= 200 && status < 300);

function outcome(status: number | undefined): string {
  if (status === undefined) return words().underway;
  return status === 0 ? words().noAnswer : String(status);
}
