import type { ReactiveController, ReactiveControllerHost } from "lit";

const watchers = new Set<() => void>();

/** Tells every part of the page that something which it may show has changed. */
export function changed(): void {
  for (const tell of watchers) tell();
}

/** Renders a part of the page anew whenever something has changed. */
export class Watch implements ReactiveController {
  readonly #tell: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#tell = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    watchers.add(this.#tell);
  }

  hostDisconnected(): void {
    watchers.delete(this.#tell);
  }
}
