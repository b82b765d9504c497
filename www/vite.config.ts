import { defineConfig } from "vite";

export default defineConfig({
  build: {
    // The newest WebView of Android 5 is Chrome 95; 92 leaves some room below it.
    target: "chrome92",
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // What draws pictures runs in a worker that is a module.
  worker: { format: "es" },
});
