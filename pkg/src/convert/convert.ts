import {
  BufferTarget,
  Conversion,
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  Mp4OutputFormat,
  Output,
  Quality,
} from "mediabunny";
import { onAbort, throwIfAborted, unlessAborted } from "../abort.js";
import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import { prepareError } from "../prepare/errors.js";
import { readBytes, withTimeout } from "../prepare/read.js";
import type { ConvertTarget } from "../types/convert.js";
import { ensureAacEncoder } from "./aac.js";
import { useH264Encoder } from "./h264.js";
import {
  limitOf,
  planVideo,
  planVoice,
  type SoundPlan,
  type TooLong,
  type VideoPlan,
} from "./plan.js";
import { type ConvertSource, openInput, readSource } from "./source.js";

/** How often an encoder may exceed the limit before the file is refused. */
const ATTEMPTS = 3;
/** What is planned for after an encoder has exceeded the limit, as a part of what it should have been. */
const BACK_OFF = 0.8;
/** Before this part the progress says too little about the rate. */
const LEAST_DONE = 0.1;
/** The longest time to find out what the file has, in milliseconds: without an index all of it is read. */
const READ_TIMEOUT = 120_000;
/** The longest time without any progress, in milliseconds. */
const STALL_TIMEOUT = 60_000;

/** Converts a file, at lower rates if the encoder exceeds the limit. */
export async function convert(file: Blob, target: ConvertTarget): Promise<Blob> {
  const input = openInput(file);
  try {
    const reading = withTimeout(readSource(input, file.size, target), READ_TIMEOUT);
    const source = await unlessAborted(target.signal, reading);
    let maxBytes = target.maxBytes;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const tracks = await planTracks(source, file.size <= target.maxBytes, target, maxBytes);
      const outcome = await encode(source, tracks, target);
      if (outcome instanceof Blob) return outcome;
      // By the rates of this attempt, which the best quality may have kept below the limit's.
      maxBytes =
        limitOf(tracks.rate, source.seconds) * Math.max(outcome.done, LEAST_DONE) * BACK_OFF;
    }
    throw prepareError("file_too_large", "the encoder exceeds the limit at every rate");
  } catch (error) {
    throwIfAborted(target.signal);
    if (isDivarError(error)) throw error;
    // A file that is gone is another failure than one that cannot be converted.
    await readBytes(() => file.slice(0, 1), target.signal);
    throw prepareError("cannot_convert", "the file could not be converted", error);
  } finally {
    input.dispose();
  }
}

/** How the tracks of the result are made. */
interface Tracks {
  /** What is planned for both, in bits per second. */
  rate: number;
  video: ConversionVideoOptions;
  audio: ConversionAudioOptions;
}

async function planTracks(
  source: ConvertSource,
  fits: boolean,
  target: ConvertTarget,
  maxBytes: number,
): Promise<Tracks> {
  const { video, audio, seconds } = source;
  if (!video) {
    const sound = (audio as NonNullable<typeof audio>).sound;
    const plan = checkedPlan(planVoice(sound, seconds, maxBytes), target);
    await ensureAacEncoder(target.signal);
    return { rate: plan.rate, video: { discard: true }, audio: encodedSound(plan) };
  }
  const plan = checkedPlan(planVideo(video.picture, audio?.sound, seconds, maxBytes), target);
  // Pictures and sound that are as they should be are copied.
  const copiesVideo = fits && video.codec === "avc" && maxBytes === target.maxBytes;
  const copiesAudio =
    audio?.codec === "aac" &&
    audio.sound.channels <= 2 &&
    (copiesVideo || (plan.sound as SoundPlan).rate >= Math.floor(audio.sound.rate));
  if (audio && !copiesAudio) await ensureAacEncoder(target.signal);
  if (!copiesVideo) useH264Encoder(video.picture.frameRate);
  return {
    rate: plan.rate + (plan.sound?.rate ?? 0),
    video: copiesVideo ? {} : encodedPictures(plan),
    audio: copiesAudio || !plan.sound ? {} : encodedSound(plan.sound),
  };
}

/** @throws `file_too_large`, with the seconds that would fit */
function checkedPlan<Plan extends object>(
  plan: Plan | TooLong,
  { mediaType }: ConvertTarget,
): Plan {
  if (!("secondsThatFit" in plan)) return plan;
  const message = `the file is too long for ${mediaType}: ${plan.secondsThatFit} seconds of it would fit`;
  throw prepareError("file_too_large", message);
}

const encodedSound = ({ channels, sampleRate, rate }: SoundPlan): ConversionAudioOptions => ({
  codec: "aac",
  quality: new Quality({ bitrate: rate }),
  numberOfChannels: channels,
  sampleRate,
  forceTranscode: true,
});

const encodedPictures = ({ width, height, rate }: VideoPlan): ConversionVideoOptions => ({
  codec: "avc",
  quality: new Quality({ bitrate: rate }),
  width,
  height,
  fit: "fill",
  forceTranscode: true,
});

/** The encoder has exceeded the limit. */
interface Exceeded {
  /** The part that was done by then, from 0 to 1. */
  done: number;
}

async function encode(
  { input, video, audio }: ConvertSource,
  tracks: Tracks,
  { mediaType, maxBytes, onProgress, signal }: ConvertTarget,
): Promise<Blob | Exceeded> {
  const target = new BufferTarget();
  // The index goes in front when the file is prepared: here it would need the memory twice.
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: false }), target });
  let conversion: Conversion | undefined;
  let isCancelled = false;
  const cancel = () => {
    if (!isCancelled) conversion?.cancel().catch(() => {});
    isCancelled = true;
  };
  let done = 0;
  let isExceeded = false;
  target.on("write", ({ end }) => {
    if (end <= maxBytes || isExceeded) return;
    isExceeded = true;
    cancel();
  });
  const watch = watchStall();
  const forget = signal && onAbort(signal, cancel);
  try {
    const options = { input, output, tracks: "primary", tags: {}, showWarnings: false } as const;
    const beginning = Promise.race([Conversion.init({ ...options, ...tracks }), watch.stalled]);
    conversion = await unlessAborted(signal, beginning);
    checkTracks(conversion, (video ? 1 : 0) + (audio ? 1 : 0));
    conversion.onProgress = (part) => {
      watch.moved();
      done = part;
      if (!signal?.aborted) notify(onProgress, part);
    };
    await Promise.race([conversion.execute(), watch.stalled]);
    const type = mediaType === "voice" ? "audio/mp4" : "video/mp4";
    if (!isExceeded) return new Blob([target.buffer as ArrayBuffer], { type });
  } catch (error) {
    cancel();
    if (!isExceeded) throw error;
  } finally {
    forget?.();
    watch.close();
  }
  return { done };
}

/** @throws `cannot_convert` if a track would be left out */
function checkTracks({ utilizedTracks, discardedTracks }: Conversion, expected: number): void {
  if (utilizedTracks.length === expected) return;
  const reasons = discardedTracks
    .map(({ reason }) => reason)
    .filter((reason) => reason !== "discarded_by_user");
  throw prepareError(
    "cannot_convert",
    `this browser cannot convert the file: ${reasons.join(", ")}`,
  );
}

/** Notices codecs that give nothing more. */
function watchStall() {
  let last = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (performance.now() - last < STALL_TIMEOUT) return;
      reject(prepareError("cannot_convert", "the browser's codecs have stopped"));
    }, STALL_TIMEOUT / 10);
  });
  stalled.catch(() => {});
  return {
    stalled,
    moved: () => {
      last = performance.now();
    },
    close: () => clearInterval(timer),
  };
}
