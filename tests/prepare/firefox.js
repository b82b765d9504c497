// A page in Firefox that calls functions of inside/*.js.
import { startFirefox } from "../support/firefox.js";

/** No script in the page takes longer, in milliseconds. */
const LIMIT = 30_000;

/** Opens `url` in Firefox with the given preferences, and hands `steps` a way to call inside/*.js. */
export async function withFirefox(url, preferences, steps, limit = LIMIT) {
  const driver = await startFirefox({ preferences });
  try {
    await driver.manage().setTimeouts({ script: limit });
    await driver.get(url);
    await steps((file, name, ...args) => driver.executeAsyncScript(CALL, file, name, args));
  } finally {
    await driver.quit();
  }
}

const CALL = `
  const [file, name, args, done] = arguments;
  import("/tests/prepare/inside/" + file).then((inside) => inside[name](...args)).then(done, (error) => done(String(error)));
`;
