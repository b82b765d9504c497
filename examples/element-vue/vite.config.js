import vue from "@vitejs/plugin-vue";
import { createServerAdapter } from "@whatwg-node/server";
import { createMediaHandler } from "divar-chat-media/edge";
import { defineConfig, loadEnv } from "vite";

/** The app's media routes in Vite's own servers. In production your server has them. */
function mediaRoutes(env) {
  const handle = createMediaHandler({
    apiKey: env.DIVAR_API_KEY,
    openApiUrl: env.DIVAR_OPEN_API_URL,
    // Your app looks up the session here: who asks, and where they may write.
    authorize: () => ({ conversations: [env.VITE_DIVAR_CONVERSATION_ID] }),
    onError: (error) => console.error(error),
  });
  const use = ({ middlewares }) => {
    middlewares.use("/divar", createServerAdapter(handle));
  };
  return { name: "media-routes", configureServer: use, configurePreviewServer: use };
}

/** Vue leaves the composer's tag to the browser. */
const template = { compilerOptions: { isCustomElement: (tag) => tag.startsWith("divar-") } };

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, import.meta.dirname, ["DIVAR_", "VITE_"]);
  const server = { host: "127.0.0.1", port: Number(process.env.PORT ?? "3000"), strictPort: true };
  return { plugins: [vue({ template }), mediaRoutes(env)], server, preview: server };
});
