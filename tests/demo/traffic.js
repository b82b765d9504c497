// Records all that a page sends and receives, as bytes to search.

/**
 * Records what the pages of a context send and receive from now on.
 *
 * @param {import("playwright-core").BrowserContext} context
 * @returns {() => Promise<{what: string, bytes: Buffer}[]>} resolves to the records so far
 */
export function recordTraffic(context) {
  const requests = [];
  context.on("request", (request) => requests.push(request));
  return async () => (await Promise.all(requests.map(piecesOf))).flat();
}

async function piecesOf(request) {
  const url = request.url();
  const response = await request.response();
  const pieces = [
    ["address", url],
    ["request headers", JSON.stringify(await request.allHeaders())],
    ["request body", request.postDataBuffer() ?? ""],
    ["answer's headers", JSON.stringify((await response?.allHeaders()) ?? {})],
    ["answer", await bodyOf(request, response)],
  ];
  return pieces.map(([part, bytes]) => ({ what: `${part} of ${url}`, bytes: Buffer.from(bytes) }));
}

/** Chromium keeps no body of media that its player streamed, so it is fetched again. */
async function bodyOf(request, response) {
  if (request.resourceType() !== "media") return (await response?.body()) ?? "";
  return Buffer.from(await (await fetch(request.url())).arrayBuffer());
}

/** The encodings in which `secret` could occur in other bytes. */
export function encodingsOf(secret) {
  const bytes = Buffer.from(secret);
  return [
    bytes,
    Buffer.from(bytes.toString("hex")),
    Buffer.from(encodeURIComponent(secret)),
    // Base64 of the secret inside a longer text, at each of the three alignments.
    ...[0, 1, 2].map((before) => {
      const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
      return Buffer.from(text.slice(before === 0 ? 0 : 4, -4));
    }),
  ];
}
