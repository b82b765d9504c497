// Many uploads in one page that meet no fault, of which nothing may be left.
import { randomFrom } from "./random.js";
import { spaceOf } from "./space.js";
import { setStage } from "./stage.js";
import { picture, send } from "./upload.js";

const lasting = new AbortController();
let leaks = false;
let stage;
let space;
let sent = 0;

export const calm = {
  begin({ emulator, seed }) {
    stage = setStage();
    space = spaceOf(emulator, `calm-${seed}`);
  },

  /** Sends so many more, and tells what the module's memory is after them. */
  async send(count, plan) {
    const end = sent + count;
    const worker = async () => {
      while (sent < end) {
        sent += 1;
        await one(sent, plan);
      }
    };
    await Promise.all(Array.from({ length: plan.atOnce }, worker));
    return stage.memory();
  },

  /** What is left, and what did not arrive. */
  async end() {
    const { made, left, complaints } = await stage.atTheEnd();
    const { messages } = await space.arrived();
    await space.forget();
    const lost = sent - messages.length;
    if (lost !== 0) complaints.push(`${lost} of ${sent} messages did not arrive`);
    for (const [what, many] of Object.entries(made)) {
      if (many < sent) complaints.push(`${many} ${what} were counted of ${sent} uploads`);
    }
    return { made, left, complaints };
  },

  /** From here on each upload leaves a listener behind. */
  plant() {
    leaks = true;
  },
};

async function one(number, { seed, transports }) {
  const transport = transports[number % transports.length];
  const bytes = picture(randomFrom(seed * 1_000_003 + number));
  const told = transport.tells ? [] : undefined;
  await send({ emulator: space, bytes, told, watch: stage.watch });
  if (leaks) lasting.signal.addEventListener("abort", () => number);
}
