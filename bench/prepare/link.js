// A telephone's link to the network, as Chromium's developer tools make one.

/** WebPageTest's "4G": its round trip, and so many bits a second in each direction. */
export const LINK = { name: "4G", roundTrip: 170, bitsPerSecond: 9_000_000 };

/** From here on the page has no faster one. */
export async function slow(page) {
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

/** Some bytes leave before the first second is counted; what is much faster was not held back. */
export function assertSlow(bytes, milliseconds) {
  const least = ((bytes * 8) / LINK.bitsPerSecond) * 1000;
  if (milliseconds < least * 0.9) {
    throw new Error(
      `${bytes} bytes took ${milliseconds} ms: the link is not as slow as it should be`,
    );
  }
}
