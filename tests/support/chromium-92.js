// Chromium 92, the oldest that the package is made for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { chromium } from "playwright-core";

/**
 * Unpacks the program, which the npm package chrome-aws-lambda has, and starts it. `close` ends the
 * browser and removes the program.
 */
export async function launch92() {
  const folder = mkdtempSync(join(tmpdir(), "divar-chromium-92-"));
  const executablePath = join(folder, "chromium");
  const packed = dirname(createRequire(import.meta.url).resolve("chrome-aws-lambda/package.json"));
  const program = brotliDecompressSync(readFileSync(join(packed, "bin/chromium.br")));
  writeFileSync(executablePath, program, { mode: 0o755 });
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const browser = await chromium.launch({ executablePath, args });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  };
  return { browser, close };
}
