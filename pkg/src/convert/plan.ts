// At which size and bit rate a conversion fits a limit. All rates are in bits per second.

/** The part of the limit that is planned for: encoders exceed their rate, and the container takes some. */
const PLANNED = 0.92;

/** The sound of a file. */
export interface SoundSource {
  channels: number;
  /** In hertz. */
  sampleRate: number;
  rate: number;
}

/** The pictures of a video. */
export interface PictureSource {
  /** In pixels, as displayed. */
  width: number;
  /** In pixels, as displayed. */
  height: number;
  /** In frames per second; the average if it varies. */
  frameRate: number;
  rate: number;
}

/** How sound is encoded. */
export interface SoundPlan {
  channels: number;
  /** In hertz. */
  sampleRate: number;
  rate: number;
}

/** How a video is encoded. */
export interface VideoPlan {
  /** In pixels; even. */
  width: number;
  /** In pixels; even. */
  height: number;
  rate: number;
  /** Undefined for a video without sound. */
  sound: SoundPlan | undefined;
}

/** The file is too long for the limit at the lowest quality. */
export interface TooLong {
  /** How many seconds would fit. */
  secondsThatFit: number;
}

/** A voice note sounds no better above this. */
const BEST_VOICE = 64_000;
/** Speech is hard to understand below this. */
const LEAST_VOICE = 16_000;

/** Plans one channel of sound. */
export function planVoice(
  source: SoundSource,
  seconds: number,
  maxBytes: number,
): SoundPlan | TooLong {
  const fitting = rateOf(maxBytes, seconds);
  const least = Math.min(LEAST_VOICE, source.rate);
  if (fitting < least) return { secondsThatFit: secondsOf(maxBytes, least) };
  const rate = Math.floor(Math.min(BEST_VOICE, source.rate, fitting));
  return { channels: 1, rate, sampleRate: sampleRateOf(rate, source.sampleRate) };
}

/** The shorter edges of the results, in pixels. */
const SHORTER_EDGES = [720, 540, 480, 360, 240];
/** H.264 of live pictures looks no better above this, in bits for each pixel of each frame. */
const BEST_BITS = 0.09;
/** H.264 of live pictures shows blocks below this, in bits for each pixel of each frame. */
const LEAST_BITS = 0.04;
/** What the sound of a video has for each channel. */
const BEST_CHANNEL = 64_000;
const LEAST_CHANNEL = 24_000;
/** The part of the rate that sound gets where it is scarce. */
const SOUND_SHARE = 0.15;

/** Plans a video, at the largest size that has enough bits. */
export function planVideo(
  picture: PictureSource,
  sound: SoundSource | undefined,
  seconds: number,
  maxBytes: number,
): VideoPlan | TooLong {
  const fitting = rateOf(maxBytes, seconds);
  const soundPlan = sound && planSound(sound, fitting);
  const rest = fitting - (soundPlan?.rate ?? 0);
  const sizes = sizesOf(picture);
  for (const { width, height } of sizes) {
    const weight = width * height * weightOf(picture.frameRate);
    const least = Math.min(LEAST_BITS * weight, picture.rate);
    if (rest < least) continue;
    const rate = Math.floor(Math.min(BEST_BITS * weight, picture.rate, rest));
    return { width, height, rate, sound: soundPlan };
  }
  return { secondsThatFit: secondsOf(maxBytes, leastOf(picture, sound, sizes)) };
}

function planSound(sound: SoundSource, fitting: number): SoundPlan {
  const channels = Math.min(sound.channels, 2);
  const wanted = Math.min(BEST_CHANNEL * channels, fitting * SOUND_SHARE);
  const rate = Math.floor(Math.min(sound.rate, Math.max(LEAST_CHANNEL * channels, wanted)));
  return { channels, rate, sampleRate: sampleRateOf(rate / channels, sound.sampleRate) };
}

/** The rate of the smallest size at the lowest quality. */
function leastOf(
  picture: PictureSource,
  sound: SoundSource | undefined,
  sizes: readonly Size[],
): number {
  const { width, height } = sizes[sizes.length - 1] ?? picture;
  const least = LEAST_BITS * width * height * weightOf(picture.frameRate);
  const soundRate = sound ? Math.min(LEAST_CHANNEL * Math.min(sound.channels, 2), sound.rate) : 0;
  return Math.min(least, picture.rate) + soundRate;
}

interface Size {
  width: number;
  height: number;
}

/** The sizes of the result, the largest first; none is larger than the source. */
function sizesOf({ width, height }: PictureSource): Size[] {
  const shorter = Math.min(width, height);
  const edges = [
    Math.min(shorter, SHORTER_EDGES[0] as number),
    ...SHORTER_EDGES.slice(1).filter((edge) => edge < shorter),
  ];
  return edges.map((edge) => ({
    width: even((width * edge) / shorter),
    height: even((height * edge) / shorter),
  }));
}

/** H.264 with 4:2:0 has even sizes only. What was calculated may lie just below a whole number. */
const even = (pixels: number): number => Math.max(2, Math.floor((pixels + 0.01) / 2) * 2);

/** What a second of frames weighs: those above 30 are alike, and take half of the bits. */
const weightOf = (frameRate: number): number =>
  Math.min(frameRate, 30) + Math.max(0, frameRate - 30) / 2;

/** The sample rates of AAC that all phones play, in hertz (ISO/IEC 14496-3, table 1.18). */
const SAMPLE_RATES = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000];

/** The sample rate for one channel of AAC at `rate`: at few bits, high frequencies cost the others theirs. */
function sampleRateOf(rate: number, source: number): number {
  const highest = rate >= 40_000 ? 48_000 : rate >= 24_000 ? 24_000 : 16_000;
  return SAMPLE_RATES.find((known) => known <= Math.min(highest, source)) ?? 8_000;
}

const rateOf = (maxBytes: number, seconds: number): number =>
  (maxBytes * 8 * PLANNED) / Math.max(seconds, 1);

/** The limit, in bytes, that a rate is planned for. */
export const limitOf = (rate: number, seconds: number): number =>
  (rate * Math.max(seconds, 1)) / 8 / PLANNED;

const secondsOf = (maxBytes: number, rate: number): number =>
  Math.floor((maxBytes * 8 * PLANNED) / rate);
