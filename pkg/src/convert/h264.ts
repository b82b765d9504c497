import {
  CustomVideoEncoder,
  EncodedPacket,
  registerEncoder,
  type VideoCodec,
  type VideoSample,
} from "mediabunny";
import { prepareError } from "../prepare/errors.js";

/** How many frames may wait for the encoder. */
const MOST_WAITING = 4;

/** In frames per second; undefined before the first conversion. One file is converted at a time. */
let frameRate: number | undefined;

/**
 * Encodes the next video with the browser's encoder for H.264, which differs from mediabunny's use of it:
 *
 * - It knows the frame rate. Without it Chromium reckons with 30 frames a second, and exceeds the bit rate
 *   twofold at 60. mediabunny passes a rate only if it may make it constant.
 * - The parameter sets are in the stream (ITU-T H.264, annex B), and mediabunny makes the file's header of
 *   them. In the header that Firefox makes (seen in 153), each of them begins with its first byte twice, and
 *   players that read them there refuse the file.
 */
export function useH264Encoder(rate: number): void {
  if (frameRate === undefined) registerEncoder(H264Encoder);
  frameRate = rate;
}

class H264Encoder extends CustomVideoEncoder {
  static override supports(codec: VideoCodec): boolean {
    return codec === "avc";
  }

  #encoder: VideoEncoder | undefined;
  /** Ends the wait for room in the encoder. */
  #resume: () => void = () => {};

  async init(): Promise<void> {
    const avc = { format: "annexb" } as const;
    const config = { ...this.config, avc, ...(frameRate && { framerate: frameRate }) };
    const { supported } = await VideoEncoder.isConfigSupported(config);
    if (!supported) {
      throw prepareError("cannot_convert", `this browser does not encode H.264 (${config.codec})`);
    }
    this.#encoder = new VideoEncoder({
      output: (chunk, metadata) => this.onPacket(EncodedPacket.fromEncodedChunk(chunk), metadata),
      error: (error) => {
        this.onError(error);
        this.#resume();
      },
    });
    this.#encoder.ondequeue = () => this.#resume();
    this.#encoder.configure(config);
  }

  async encode(sample: VideoSample, options: VideoEncoderEncodeOptions): Promise<void> {
    const encoder = this.#encoder as VideoEncoder;
    const frame = sample.toVideoFrame();
    encoder.encode(frame, options);
    frame.close();
    if (encoder.encodeQueueSize < MOST_WAITING) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }

  async flush(): Promise<void> {
    await this.#encoder?.flush();
  }

  close(): void {
    if (this.#encoder?.state !== "closed") this.#encoder?.close();
  }
}
