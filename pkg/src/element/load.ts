type PrepareAndSend = typeof import("./prepare-and-send.js");

let prepareAndSend: Promise<PrepareAndSend> | undefined;

/** Loads what inspects, prepares, records and sends, when the first file needs it. */
export function loadPrepareAndSend(): Promise<PrepareAndSend> {
  prepareAndSend ??= whenOnline(() => import("./prepare-and-send.js")).catch((error) => {
    prepareAndSend = undefined;
    throw error;
  });
  return prepareAndSend;
}

/** Loads a module; without a network, once there is one. */
async function whenOnline<Module>(load: () => Promise<Module>): Promise<Module> {
  let attempt = load;
  for (;;) {
    // An attempt that is bound to fail would be kept, too, and for each module that this one imports.
    if (!navigator.onLine) {
      await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
    }
    try {
      return await attempt();
    } catch (error) {
      if (navigator.onLine) throw error;
      attempt = underAnotherUrl(error) ?? load;
    }
  }
}

/**
 * Chromium keeps the failure of a module for the life of the page (crbug.com/1195405), but fetches the
 * same file again under another query. Its URL is in the message of the TypeError.
 */
function underAnotherUrl<Module>(error: unknown): (() => Promise<Module>) | undefined {
  if (!(error instanceof TypeError)) return undefined;
  const [url] = /https?:\S+/.exec(error.message) ?? [];
  return url
    ? () => import(/* @vite-ignore */ /* webpackIgnore: true */ `${url}?${Date.now()}`)
    : undefined;
}
