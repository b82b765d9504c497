// Firefox, as the tests start it.
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/firefox.js";

/** No script in the page takes longer, in milliseconds. */
const LIMIT = 30_000;

/** Opens `url` in Firefox with the given preferences, and hands `steps` a way to call inside/*.js. */
export async function withFirefox(url, preferences, steps, limit = LIMIT) {
  const options = new Options().addArguments("-headless");
  options.setBinary(process.env.FIREFOX ?? "/usr/bin/firefox-esr");
  for (const [name, value] of Object.entries(preferences)) options.setPreference(name, value);
  const driver = await new Builder()
    .forBrowser("firefox")
    .setFirefoxOptions(options)
    .setFirefoxService(new ServiceBuilder("geckodriver"))
    .build();
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
