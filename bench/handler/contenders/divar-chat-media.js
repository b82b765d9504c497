// A Worker that gives upload tokens by this package, as the README has it.
import { createMediaHandler } from "divar-chat-media/edge";

export default {
  fetch(request, { UPSTREAM }) {
    const handle = createMediaHandler({
      apiKey: "k",
      openApiUrl: UPSTREAM,
      authorize: () => ({}),
    });
    return handle(request);
  },
};
