type PrepareAndSend = typeof import("./prepare-and-send.js");

let prepareAndSend: Promise<PrepareAndSend> | undefined;

/** What inspects and prepares files, records and sends: downloaded when a file is there. */
export function preparing(): Promise<PrepareAndSend> {
  prepareAndSend ??= whenOnline(() => import("./prepare-and-send.js")).catch((error) => {
    prepareAndSend = undefined;
    throw error;
  });
  return prepareAndSend;
}

/** Downloads code; without a network, once there is one. */
async function whenOnline<Module>(download: () => Promise<Module>): Promise<Module> {
  let attempt = download;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
      attempt = underAnotherAddress(error) ?? download;
    }
  }
}

/**
 * Some versions of Chromium keep the failure of a module for the life of the page. The same file with
 * another query is fetched again. Its address is in the error's message.
 */
function underAnotherAddress<Module>(error: unknown): (() => Promise<Module>) | undefined {
  const [address] = /https?:\S+/.exec(String(error)) ?? [];
  return address ? () => import(/* @vite-ignore */ `${address}?${Date.now()}`) : undefined;
}
