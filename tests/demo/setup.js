import { after, beforeEach } from "node:test";
import { browser } from "./browser.js";
import { resetEmulator } from "./emulator.js";
import { removeMedia } from "./media.js";

beforeEach(resetEmulator);

after(async () => {
  await browser.close();
  removeMedia();
});
