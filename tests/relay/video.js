// Videos that are generated while they are sent, hashed on the way, and never whole in memory.
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { MP4 } from "../support/samples.js";

const PIECE = 64 * 1024;
/** The longest for one video, in milliseconds. */
const LIMIT = 60_000;

/** Sends a video of `size` bytes; `hasLength` is whether it has a Content-Length. */
export async function sendVideo(url, size, hasLength) {
  const headers = { "Content-Type": "video/mp4", ...(hasLength && { "Content-Length": size }) };
  const signal = AbortSignal.timeout(LIMIT);
  const sending = request(`${url}/upload/video?name=a.mp4`, { method: "POST", headers, signal });
  const hash = createHash("sha256");
  const answered = once(sending, "response");
  const sent = pipeline(Readable.from(pieces(size, hash)), sending);
  // An answer that comes before the last byte ends the sending.
  sent.catch(() => {});
  const [response] = await answered;
  const answer = { status: response.statusCode, body: await json(response) };
  sending.destroy();
  return { ...answer, sha256: hash.digest("hex") };
}

function* pieces(size, hash) {
  const bytes = randomBytes(PIECE);
  for (let at = 0; at < size; at += PIECE) {
    const piece = at === 0 ? Buffer.concat([MP4, bytes]).subarray(0, PIECE) : bytes;
    const cut = piece.subarray(0, size - at);
    hash.update(cut);
    yield cut;
  }
}
