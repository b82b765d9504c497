// Firefox describes its H.264 wrongly: the parameter sets in its AVCDecoderConfigurationRecord begin with their
// first byte twice (seen in Firefox 153). Players that read them there, as those of phones do, refuse the MP4.
import {
  CustomVideoEncoder,
  EncodedPacket,
  registerEncoder,
  type VideoCodec,
  type VideoSample,
} from "mediabunny";
import { unlessAborted } from "../abort.js";

/** How many frames may wait for the encoder. */
const MOST_WAITING = 4;
/** How the encoder is tried: any size and profile will do. */
const TRIAL = { codec: "avc1.42001f", width: 320, height: 240, bitrate: 100_000 } as const;

let isDescribed: Promise<boolean> | undefined;

/** Avoids the browser's description of its H.264 where it is wrong. */
export async function ensureH264Encoder(signal: AbortSignal | undefined): Promise<void> {
  // Where the trial fails, the conversion says why.
  isDescribed ??= encodeFrame().then(isValidDescription, () => true);
  if (!(await unlessAborted(signal, isDescribed))) registerEncoder(SelfDescribingEncoder);
}

/** The description of a frame that the browser has encoded. */
async function encodeFrame(): Promise<Uint8Array | undefined> {
  let description: AllowSharedBufferSource | undefined;
  let failure: unknown;
  const encoder = new VideoEncoder({
    output: (_, metadata) => {
      description ??= metadata?.decoderConfig?.description;
    },
    error: (error) => {
      failure = error;
    },
  });
  try {
    encoder.configure({ ...TRIAL, avc: { format: "avc" } });
    const { width: codedWidth, height: codedHeight } = TRIAL;
    const pixels = new Uint8Array(codedWidth * codedHeight * 4);
    const size = { codedWidth, codedHeight, timestamp: 0 };
    const frame = new VideoFrame(pixels, { format: "RGBA", ...size });
    encoder.encode(frame);
    frame.close();
    await encoder.flush();
  } finally {
    if (encoder.state !== "closed") encoder.close();
  }
  if (failure) throw failure;
  return description && toBytes(description);
}

const toBytes = (source: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);

/**
 * Whether the first parameter set has the profile and the level of the record. Both begin with a byte of
 * another meaning; the set lies behind the record's eight bytes (ISO/IEC 14496-15, 5.3.3.1.2).
 */
const isValidDescription = (record: Uint8Array | undefined): boolean =>
  record === undefined || [1, 2, 3].every((at) => record[at] === record[8 + at]);

/**
 * The browser's encoder with the parameter sets in the stream (ITU-T H.264, annex B), from which
 * mediabunny then makes the record.
 */
class SelfDescribingEncoder extends CustomVideoEncoder {
  static override supports(codec: VideoCodec): boolean {
    return codec === "avc";
  }

  /** Ends the wait for room in the encoder. */
  #resume: () => void = () => {};
  #encoder = new VideoEncoder({
    output: (chunk, metadata) => this.onPacket(EncodedPacket.fromEncodedChunk(chunk), metadata),
    error: (error) => {
      this.onError(error);
      this.#resume();
    },
  });

  init(): void {
    this.#encoder.ondequeue = () => this.#resume();
    this.#encoder.configure({ ...this.config, avc: { format: "annexb" } });
  }

  async encode(sample: VideoSample, options: VideoEncoderEncodeOptions): Promise<void> {
    const frame = sample.toVideoFrame();
    this.#encoder.encode(frame, options);
    frame.close();
    if (this.#encoder.encodeQueueSize < MOST_WAITING) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }

  flush(): Promise<void> {
    return this.#encoder.flush();
  }

  close(): void {
    if (this.#encoder.state !== "closed") this.#encoder.close();
  }
}
