/**
 * SHA-256 in hexadecimal, as the emulator writes it.
 *
 * @param {BufferSource} bytes
 */
export async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
