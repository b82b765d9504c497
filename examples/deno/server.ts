// A Deno server that holds the key, and the page that sends files through it.
import { createMediaHandler } from "divar-chat-media/edge";
import { Hono } from "hono";
import { serveStatic } from "hono/deno";

// The defaults are those of the emulator.
const port = Number(Deno.env.get("PORT") ?? "3000");
const apiKey = Deno.env.get("DIVAR_API_KEY") ?? "emulator-key";
const openApiUrl = Deno.env.get("DIVAR_OPEN_API_URL") ?? "http://127.0.0.1:9310";
const chatUrl = Deno.env.get("DIVAR_CHAT_URL") ?? "http://127.0.0.1:9310";
const conversationId = Deno.env.get("DIVAR_CONVERSATION_ID") ?? "my-chat";

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

Deno.serve({ port, hostname: "127.0.0.1" }, app.fetch);
