/** Downloads code that the page did not need at first; without a network, once there is one. */
export async function later<Module>(download: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await download();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
    }
  }
}

/** What looks into files, prepares them and records. */
export const preparing = () => later(() => import("divar-chat-media/prepare"));
