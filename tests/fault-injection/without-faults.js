// Many uploads in one page that meet no fault, after which nothing may be left.
import { openSpace } from "../support/emulator.js";
import { startInstrumentation } from "./instrumentation.js";
import { randomFrom } from "./random.js";
import { picture, send } from "./upload.js";

const neverAborted = new AbortController();
let leaksListeners = false;
let instrumentation;
let emulator;
let sent = 0;

export const withoutFaults = {
  start({ emulator: address, seed }) {
    instrumentation = startInstrumentation();
    emulator = openSpace(address, `without-faults-${seed}`);
  },

  /** Sends `count` more, and gives the bytes of linear memory after them. */
  async send(count, plan) {
    const end = sent + count;
    const worker = async () => {
      while (sent < end) {
        sent += 1;
        await sendOne(sent, plan);
      }
    };
    await Promise.all(Array.from({ length: plan.concurrency }, worker));
    return instrumentation.memory();
  },

  /** What was made, what is left of it, and what is wrong. */
  async finish() {
    const { made, left, problems } = await instrumentation.finish();
    const messages = await emulator.messages();
    await emulator.clear();
    const lost = sent - messages.length;
    if (lost !== 0) problems.push(`${lost} of ${sent} messages did not arrive`);
    for (const [what, count] of Object.entries(made)) {
      if (count < sent) problems.push(`${count} ${what} were counted in ${sent} uploads`);
    }
    return { made, left, problems };
  },

  /** From now on each upload leaves a listener behind. */
  leakListeners() {
    leaksListeners = true;
  },
};

async function sendOne(number, { seed, transports }) {
  const transport = transports[number % transports.length];
  const bytes = picture(randomFrom(seed * 1_000_003 + number));
  const progress = transport.reportsProgress ? [] : undefined;
  await send({ emulator, bytes, progress, watch: instrumentation.watch });
  if (leaksListeners) neverAborted.signal.addEventListener("abort", () => number);
}
