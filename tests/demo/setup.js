import { after, beforeEach } from "node:test";
import { browser } from "./browser.js";
import { emulator } from "./emulator.js";
import { removeMedia } from "./media.js";

beforeEach(emulator.clear);

after(async () => {
  await browser.close();
  removeMedia();
});
