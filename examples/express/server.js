// An Express server that holds the key, and the page that sends files through it.
import { createServerAdapter } from "@whatwg-node/server";
import { createMediaHandler } from "divar-chat-media/edge";
import express from "express";

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

const app = express();
app.use("/divar", createServerAdapter(handle));
app.get("/chat", (_request, response) => response.json({ chatUrl, conversationId }));
app.use(express.static("public"));

app.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
