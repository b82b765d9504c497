/**
 * How loud a stream is, for a display. Where the browser does not let sound be looked at, as before
 * a person has touched the page, there is no level, and recording goes on all the same.
 *
 * @param {MediaStream} stream
 */
export function meter(stream) {
  let context;
  try {
    context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return {
      /** From 0 to 1: the loudest of the last samples. */
      read() {
        if (context.state !== "running") return undefined;
        analyser.getFloatTimeDomainData(samples);
        return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
      },
      close: () => void context.close(),
    };
  } catch {
    context?.close();
    return { read: () => undefined, close() {} };
  }
}
