import { LitElement } from "lit";
import { Watch } from "../model/watch.js";

/**
 * A part of the page. It renders into the page itself and not into a shadow: one style sheet, which the
 * Content-Security-Policy allows everywhere, serves them all, and labels may refer to each other.
 */
export abstract class Part extends LitElement {
  constructor() {
    super();
    new Watch(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
