// A Hono server in Node that holds the key, and the page that sends files through it.
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createMediaHandler } from "divar-chat-media/edge";
import { Hono } from "hono";

// The defaults are those of the emulator.
const {
  PORT = "3000",
  DIVAR_API_KEY: apiKey = "emulator-key",
  DIVAR_OPEN_API_URL: openApiUrl = "http://127.0.0.1:9310",
  DIVAR_CHAT_URL: chatUrl = "http://127.0.0.1:9310",
  DIVAR_CONVERSATION_ID: conversationId = "my-chat",
} = process.env;

const handle = createMediaHandler({
  apiKey,
  openApiUrl,
  // Your app looks up the session here: who asks, and where they may write.
  authorize: () => ({ conversations: [conversationId] }),
  onError: (error) => console.error(error),
});

const app = new Hono();
app.all("/divar/*", (context) => handle(context.req.raw));
app.get("/chat", (context) => context.json({ chatUrl, conversationId }));
app.get("/*", serveStatic({ root: "./public" }));

serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}/`);
});
