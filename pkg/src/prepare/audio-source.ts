import { reasonOf, unlessAborted } from "../abort.js";
import type { AudioStream } from "../types/record.js";
import { prepareError } from "./errors.js";

/** A voice needs one channel, which then gets all of the bit rate. */
const VOICE: MediaStreamConstraints = { audio: { channelCount: 1 } };

/** Sound to record. */
export interface AudioSource {
  readonly stream: MediaStream;
  /** Closes what was opened here. */
  close(): void;
}

/** The given stream, or the microphone. */
export async function openAudioSource(
  given: AudioStream | undefined,
  signal: AbortSignal | undefined,
): Promise<AudioSource> {
  if (!given) return openMicrophone(signal);
  // By what it can do: it may come from another realm.
  const tracks = (given as Partial<MediaStream>).getAudioTracks?.();
  const live = tracks?.filter(({ readyState }) => readyState === "live");
  if (!live?.length) {
    throw prepareError("invalid_argument", "the stream has no live audio track");
  }
  return { stream: new MediaStream(live), close() {} };
}

async function openMicrophone(signal: AbortSignal | undefined): Promise<AudioSource> {
  if (!navigator.mediaDevices) {
    throw prepareError("cannot_record", "only pages served over https have a microphone");
  }
  const opening = navigator.mediaDevices.getUserMedia(VOICE);
  try {
    const stream = await unlessAborted(signal, opening);
    return { stream, close: () => stop(stream) };
  } catch (cause) {
    if (!signal?.aborted) {
      throw prepareError("cannot_record", "the microphone could not be opened", cause);
    }
    // The person may still allow it.
    opening.then(stop, () => {});
    throw reasonOf(signal);
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
