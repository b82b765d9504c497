// An app's own server, with the two routes that a page calls. It runs beside the
// runtimes that are tested, in this Node.
import { createServer } from "node:http";
import { isDivarError } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { emulatorAddress } from "../support/emulator.js";
import { listen } from "../support/server.js";

const { url: emulator, key: apiKey } = emulatorAddress();

const routes = {
  token: async (openApiUrl) => ({
    token: await getUploadToken({ apiKey, openApiUrl, retries: 0 }),
  }),
  messages: async (openApiUrl, { media_token, target, conversation_id: conversationId }) => {
    const to = { target, conversationId };
    const sent = await sendMediaMessage(media_token, { apiKey, openApiUrl, ...to });
    return { conversation_id: sent.conversationId };
  },
};

/** A page asks from an origin of its own. */
const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "*",
};

async function answer(request) {
  if (request.method === "OPTIONS") return [204];
  const [, space, name] = /^\/(@[^/]+)\/(\w+)$/.exec(request.url);
  const body = JSON.parse((await request.toArray()).join(""));
  try {
    return [200, await routes[name](`${emulator}/${space}`, body)];
  } catch (error) {
    if (!isDivarError(error)) throw error;
    const { code, status = 502, deliveryUnknown } = error;
    return [status, { code, deliveryUnknown }];
  }
}

/** Starts it on a free port; `/@SPACE/token` and `/@SPACE/messages` go to that space of the emulator. */
export async function startApp() {
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { "Content-Type": "application/json", ...CORS });
    response.end(body && JSON.stringify(body));
  });
  const { url } = await listen(server);
  server.unref();
  return url;
}
