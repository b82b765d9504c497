import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig, type Plugin } from "vite";

const LICENSES = "licenses";

/** The licences that Vite's list of npm packages lacks: of the crates in the modules, and of the font. */
function otherLicenses(): Plugin {
  const { resolve } = createRequire(import.meta.url);
  const files = {
    "modules.txt": new URL("../pkg/THIRD-PARTY-LICENSES.txt", import.meta.url),
    "vazirmatn.txt": resolve("@fontsource-variable/vazirmatn/LICENSE"),
  };
  return {
    name: "other-licenses",
    generateBundle() {
      for (const [name, path] of Object.entries(files)) {
        const source = readFileSync(path, "utf8");
        this.emitFile({ type: "asset", fileName: `${LICENSES}/${name}`, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [otherLicenses()],
  build: {
    // The newest WebView of Android 5 is Chrome 95; 92 leaves some room below it.
    target: "chrome92",
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: `${LICENSES}/packages.md` },
  },
  // What draws pictures runs in a worker that is a module.
  worker: { format: "es" },
});
