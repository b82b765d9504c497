import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from "mediabunny";
import { prepareError } from "../prepare/errors.js";
import type { ConvertTarget } from "../types/convert.js";
import type { PictureSource, SoundSource } from "./plan.js";

/** How many packets of a track are looked at for its rates: those of ten seconds or more. */
const PACKETS = 500;

/** A file to convert, with what the plan needs to know of it. */
export interface ConvertSource {
  input: Input;
  seconds: number;
  /** Undefined for sound. */
  video: { track: InputVideoTrack; codec: string | null; picture: PictureSource } | undefined;
  /** Undefined for a video without sound. */
  audio: { track: InputAudioTrack; codec: string | null; sound: SoundSource } | undefined;
}

const FORMATS = [MP4, QTFF, MATROSKA, WEBM, OGG, MP3, WAVE, FLAC, ADTS];

/** Opens a file, of which slices are read. */
export const openInput = (file: Blob): Input =>
  new Input({ source: new BlobSource(file), formats: FORMATS });

/** Looks at the tracks of a file, and whether the browser decodes them. */
export async function readSource(
  input: Input,
  size: number,
  { mediaType }: ConvertTarget,
): Promise<ConvertSource> {
  if (!(await input.canRead())) {
    const known = FORMATS.map(({ name }) => name).join(", ");
    throw prepareError("unsupported_format", `the converter reads ${known} only`);
  }
  const videoTrack = mediaType === "video" ? await input.getPrimaryVideoTrack() : null;
  const audioTrack = await input.getPrimaryAudioTrack();
  if (!(videoTrack ?? (mediaType === "voice" && audioTrack))) {
    throw prepareError("unsupported_format", `the file has no track for ${mediaType}`);
  }
  // What the file says is exact enough for a video, and a long one is not read for it.
  const told = mediaType === "video" ? await input.getDurationFromMetadata() : null;
  const seconds = told || (await input.computeDuration());
  const wholeRate = (size * 8) / Math.max(seconds, 0.1);
  const audio = audioTrack ? await readAudio(audioTrack, wholeRate) : undefined;
  const rest = wholeRate - (audio?.sound.rate ?? 0);
  const video = videoTrack ? await readVideo(videoTrack, Math.max(rest, wholeRate / 2)) : undefined;
  return { input, seconds, video, audio };
}

async function readAudio(
  track: InputAudioTrack,
  wholeRate: number,
): Promise<ConvertSource["audio"]> {
  const codec = await checkedCodec(track, "sound");
  const { averageBitrate } = await track.computePacketStats(PACKETS);
  const [channels, sampleRate] = [track.numberOfChannels, track.sampleRate];
  return {
    track,
    codec,
    sound: { channels, sampleRate, rate: Math.min(averageBitrate, wholeRate) },
  };
}

async function readVideo(track: InputVideoTrack, rate: number): Promise<ConvertSource["video"]> {
  const codec = await checkedCodec(track, "video");
  const { averagePacketRate: frameRate } = await track.computePacketStats(PACKETS);
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  return { track, codec, picture: { width, height, frameRate, rate } };
}

/** @throws `cannot_convert`, with the name of a codec that the browser does not decode */
async function checkedCodec(track: InputAudioTrack | InputVideoTrack, what: string) {
  const codec = await track.getCodec();
  if (await track.canDecode()) return codec;
  const decoder = what === "sound" ? "AudioDecoder" : "VideoDecoder";
  const reason =
    decoder in globalThis
      ? `this browser does not decode the file's ${what} (${codec ?? "an unknown codec"})`
      : "this browser has no WebCodecs";
  throw prepareError("cannot_convert", reason);
}
