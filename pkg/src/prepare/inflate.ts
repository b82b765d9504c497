/** The most bytes that are inflated: the rest of what is longer is not needed. */
const MAX_BYTES = 64 * 1024;

/**
 * The beginning of what raw DEFLATE data (RFC 1951) contain. It is empty in runtimes that cannot inflate them:
 * Chromium before 103, Firefox before 113, Safari before 16.4.
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const inflated = new Uint8Array(MAX_BYTES);
  let length = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    while (length < MAX_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, MAX_BYTES - length);
      inflated.set(part, length);
      length += part.length;
    }
    reader.cancel().catch(() => {});
  } catch {
    // Broken data are read as far as they go.
  }
  return inflated.subarray(0, length);
}
