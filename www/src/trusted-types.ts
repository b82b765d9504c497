interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * What draws pictures starts a worker by its address. Under `require-trusted-types-for` somebody has
 * to answer for that: a file that this page was built with may be run, and nothing else.
 */
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    const { origin, pathname, href } = new URL(url, location.href);
    if (origin === location.origin && pathname.startsWith("/assets/")) return href;
    throw new TypeError(`not a script of this page: ${href}`);
  },
});
