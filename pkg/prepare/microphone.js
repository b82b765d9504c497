import { reasonOf, unlessAborted } from "./abort.js";
import { refuse } from "./refusal.js";

/** One channel is enough for a voice, and leaves it all the bits. */
const VOICE = { audio: { channelCount: 1 } };

/**
 * The sound to record: that of the given stream, or the microphone's.
 *
 * @param {MediaStream} [given]
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ stream: MediaStream, close(): void }>} `close` ends what was opened here
 */
export async function openSound(given, signal) {
  if (!given) return openMicrophone(signal);
  const tracks = given.getAudioTracks().filter(({ readyState }) => readyState === "live");
  if (tracks.length === 0) throw refuse("invalid_argument", "the stream has no live audio track");
  return { stream: new MediaStream(tracks), close() {} };
}

async function openMicrophone(signal) {
  if (!navigator.mediaDevices) {
    throw refuse("cannot_record", "there is a microphone for pages served over https alone");
  }
  const opening = navigator.mediaDevices.getUserMedia(VOICE);
  try {
    const stream = await unlessAborted(signal, opening);
    return { stream, close: () => stop(stream) };
  } catch (cause) {
    if (!signal?.aborted)
      throw refuse("cannot_record", "the microphone could not be opened", cause);
    // The person may still say yes.
    opening.then(stop, () => {});
    throw reasonOf(signal);
  }
}

const stop = (stream) => {
  for (const track of stream.getTracks()) track.stop();
};
