/** Which addresses a call accepts. */
export interface AddressOptions {
  /**
   * Accepts `http:` addresses on every host, not only on this machine (`localhost`, `127.0.0.0/8`,
   * `[::1]`): for an emulator in the local network or in a container. Never set it in production:
   * the API key, tokens and files would travel unencrypted.
   * @defaultValue `false`
   */
  allowInsecureHttp?: boolean;
}

/**
 * Headers for the app's own `endpoint`, such as a session or a CSRF token: an object, or a function
 * that is called for each request. They are never sent to Divar.
 */
export type EndpointHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** The app's own server. */
export interface EndpointOptions extends AddressOptions {
  /**
   * The address below which the app serves its media routes, such as `"/divar"`. In a page it may be
   * relative to the page; elsewhere it is absolute, and `https:` or on this machine.
   */
  endpoint: string | URL;
  /** Headers for each request to `endpoint`. @defaultValue none */
  headers?: EndpointHeaders;
}
