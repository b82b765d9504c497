interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * What draws pictures starts a worker by its address. Under `require-trusted-types-for` somebody has
 * to answer for that: a file that this page was built with may be run, and the AAC encoder, which
 * makes its worker of text that it has in itself. Only a script of this page can make a `blob:` URL.
 */
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    const { protocol, origin, pathname, href } = new URL(url, location.href);
    const isOwn = protocol === "blob:" || pathname.startsWith("/assets/");
    if (origin === location.origin && isOwn) return href;
    throw new TypeError(`not a script of this page: ${href}`);
  },
});
