// Firefox, by its own driver: Playwright cannot drive the one of Debian.
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/firefox.js";

/**
 * Starts Firefox without a window.
 *
 * @param {object} options
 * @param {string[]} [options.arguments_] further ones for Firefox
 * @param {Record<string, string | number | boolean>} [options.preferences] as in `about:config`
 * @param {boolean} [options.controlsBrowser] whether `Context.CHROME` and BiDi are wanted
 */
export function startFirefox({ arguments_ = [], preferences = {}, controlsBrowser = false } = {}) {
  const options = new Options().addArguments("-headless", ...arguments_);
  options.setBinary(process.env.FIREFOX ?? "/usr/bin/firefox-esr");
  for (const [name, value] of Object.entries(preferences)) options.setPreference(name, value);
  const service = new ServiceBuilder("geckodriver");
  if (controlsBrowser) {
    options.enableBidi();
    service.addArguments("--allow-system-access");
  }
  return new Builder()
    .forBrowser("firefox")
    .setFirefoxOptions(options)
    .setFirefoxService(service)
    .build();
}
