// What runs in workerd: the handler as the README has it, over the emulator.
import { createMediaHandler } from "divar-chat-media/edge";

export default {
  fetch(request, { EMULATOR, KEY }) {
    // A space of the emulator for each batch of uploads, by the path's first part.
    const base = EMULATOR + new URL(request.url).pathname.replace(/\/divar\/.*/, "");
    const handle = createMediaHandler({
      apiKey: KEY,
      openApiUrl: base,
      chatUrl: base,
      relay: true,
      stallTimeout: 5_000,
      authorize: () => ({}),
    });
    return handle(request);
  },
};
