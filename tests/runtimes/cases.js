// What must hold in every runtime; each case gets the package's two entries and
// an emulator. Written once, run by one file a runtime.
import { handler } from "./handler.js";
import { queue } from "./queue.js";
import { send } from "./send.js";
import { steps } from "./steps.js";
import { streams } from "./streams.js";
import { spaceOf } from "./support.js";

const cases = { ...steps, ...streams, ...send, ...queue, ...handler };

/**
 * Hands every case to `test`.
 *
 * @param {(name: string, run: () => Promise<void>) => void} test
 * @param {{ main: object, edge: object }} entries the package's two entries
 * @param {{ url: string, key: string, app: string }} address the emulator's, and of an app's server
 */
export function runCases(test, entries, address) {
  for (const [name, run] of Object.entries(cases)) {
    const emulator = spaceOf(address);
    const app = { endpoint: `${address.app}/${emulator.name}`, chatUrl: emulator.base };
    const secret = { apiKey: emulator.key, openApiUrl: emulator.base };
    test(name, () => run({ ...entries, emulator, app, secret }));
  }
}
