const BARS = 40;

/** How loud a recording is over its length, for a picture of it; nothing where it cannot be decoded. */
export async function readLevels(file: Blob): Promise<number[] | undefined> {
  try {
    // One second of a context that never plays: it decodes without a person's leave.
    const context = new OfflineAudioContext(1, 8_000, 8_000);
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    return loudest(sound.getChannelData(0));
  } catch {
    return undefined;
  }
}

function loudest(samples: Float32Array): number[] {
  const step = Math.max(1, Math.floor(samples.length / BARS));
  const bars = Array.from({ length: BARS }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step);
    return part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  });
  const most = Math.max(...bars, 0.01);
  return bars.map((bar) => bar / most);
}
