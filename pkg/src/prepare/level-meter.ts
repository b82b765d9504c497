/** Measures how loud a stream is. */
export interface LevelMeter {
  /** The loudest of the last samples, from 0 to 1. */
  read(): number | undefined;
  close(): void;
}

/**
 * Measures how loud a stream is. Where the browser does not allow it, as before a person has touched
 * the page, there is no level, and the recording is not affected.
 */
export function levelMeter(stream: MediaStream): LevelMeter {
  let context: AudioContext | undefined;
  try {
    context = new AudioContext();
    return analyse(context, stream);
  } catch {
    context?.close().catch(() => {});
    return { read: () => undefined, close() {} };
  }
}

function analyse(context: AudioContext, stream: MediaStream): LevelMeter {
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      if (context.state !== "running") return undefined;
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
    },
    close: () => void context.close().catch(() => {}),
  };
}
