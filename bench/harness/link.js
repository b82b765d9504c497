// A mobile network as Chromium's developer tools make one.

/** WebPageTest's "4G": its round trip in milliseconds, and its bits a second in each direction. */
export const LINK = { name: "4G", roundTrip: 170, bitsPerSecond: 9_000_000 };

/** Gives the page this link. */
export async function throttle(page) {
  const tools = await page.context().newCDPSession(page);
  const bytesPerSecond = LINK.bitsPerSecond / 8;
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: LINK.roundTrip,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}

/** The milliseconds that the link needs for so many bytes. */
export const minTime = (bytes) => ((bytes * 8) / LINK.bitsPerSecond) * 1000;

/** Throws if these bytes took so little time that the link was not throttled. */
export function assertThrottled(bytes, milliseconds) {
  // Some bytes leave before the first second is counted.
  if (milliseconds < minTime(bytes) * 0.9) {
    throw new Error(
      `${bytes} bytes took ${milliseconds} ms: the link is not as slow as it should be`,
    );
  }
}
