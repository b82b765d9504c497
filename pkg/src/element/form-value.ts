/** What a composer submits with its form: the media tokens of the delivered files, under its `name`. */
export class FormValue {
  readonly #internals: ElementInternals | undefined;
  #mediaTokens: readonly string[] = [];

  /** Safari before 16.4 and Firefox before 98 have no `ElementInternals` that takes part in forms. */
  constructor(element: HTMLElement) {
    const internals = element.attachInternals?.();
    if (internals && "setFormValue" in internals) this.#internals = internals;
  }

  get form(): HTMLFormElement | null {
    return this.#internals?.form ?? null;
  }

  get validity(): ValidityState | undefined {
    return this.#internals?.validity;
  }

  get validationMessage(): string {
    return this.#internals?.validationMessage ?? "";
  }

  checkValidity(): boolean {
    return this.#internals?.checkValidity() ?? true;
  }

  reportValidity(): boolean {
    return this.#internals?.reportValidity() ?? true;
  }

  /** Adds the media token of a delivered file. */
  add(mediaToken: string, name: string | null): void {
    this.#mediaTokens = [...this.#mediaTokens, mediaToken];
    this.rename(name);
  }

  clear(): void {
    this.#mediaTokens = [];
    this.#internals?.setFormValue(null);
  }

  /** Submits the media tokens under `name`; without a name, none. */
  rename(name: string | null): void {
    const data = new FormData();
    if (name) for (const mediaToken of this.#mediaTokens) data.append(name, mediaToken);
    this.#internals?.setFormValue(data);
  }

  /**
   * The form is not submitted while there is a `problem`.
   *
   * @param anchor what gets the focus and the browser's own message
   */
  setProblem(problem: string, anchor: HTMLElement | null): void {
    if (problem) this.#internals?.setValidity({ customError: true }, problem, anchor ?? undefined);
    else this.#internals?.setValidity({});
  }
}
