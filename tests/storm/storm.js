// A storm of faults: many small uploads, about a third of which meet one. The
// same in Node and in a page.
import { randomFrom } from "./random.js";
import { spaceOf } from "./space.js";
import { setStage } from "./stage.js";
import { upload } from "./upload.js";
import { calm, forecast } from "./weather.js";

/** By this part of the uploads the module has all the memory that so many at once take. */
const WARM = 0.25;
/**
 * What it may grow by after that, a page: how many of those at once have pieces of files in it
 * together is chance. What every upload kept would be more; lasting.js looks closer.
 */
const CHANCE = 65_536;
/** After so many uploads it says how far it is. */
const PACE = 200;

/**
 * @param {object} storm
 * @param {{url: string, key: string}} storm.emulator
 * @param {{name: string, tells: boolean}[]} storm.transports by which an upload may go: with an
 *   `onProgress` or without
 * @returns what came of it, all of it plain data
 */
export async function storm({ emulator, uploads, seed, atOnce, transports }) {
  const stage = setStage();
  const begun = performance.now();
  const results = [];
  let warm = 0;
  const one = async ({ weather, transport }, number) => {
    const space = spaceOf(emulator, `storm-${seed}-${number}`);
    const random = randomFrom(seed * 1_000_003 + number);
    return upload({ weather, transport, emulator: space, watch: stage.watch, random });
  };

  const complaints = await rehearse(transports, stage, one);
  const ahead = forecast(uploads, transports, randomFrom(seed)).entries();
  const worker = async () => {
    // All workers take from the one iterator.
    for (const [index, met] of ahead) {
      const wrong = await one(met, index + 1);
      results.push({ number: index + 1, ...summary(met), wrong });
      if (results.length === Math.ceil(uploads * WARM)) warm = stage.memory();
      if (results.length % PACE === 0) console.log(`  ${results.length} of ${uploads} …`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const took = performance.now() - begun;

  const { made, left, complaints: remains } = await stage.atTheEnd();
  complaints.push(...remains);
  const memory = stage.memory();
  if (memory > warm + CHANCE) complaints.push(`linear memory went from ${warm} to ${memory} bytes`);
  return { results, complaints, made, left, took, memory };
}

/**
 * One calm upload alone by each transport, numbered below 1: a count that sees
 * nothing of it can prove nothing.
 */
async function rehearse(transports, stage, one) {
  const complaints = [];
  for (const [index, transport] of transports.entries()) {
    const before = stage.made();
    const wrong = await one({ weather: calm, transport }, -index);
    complaints.push(...wrong.map((what) => `${transport.name}, alone: ${what}`));
    for (const [name, many] of Object.entries(stage.made())) {
      if (many === before[name]) complaints.push(`${transport.name}: no ${name} were counted`);
    }
  }
  return complaints;
}

const summary = ({ weather, transport }) => ({
  weather: weather.name,
  transport: transport.name,
  expected: expected(weather, transport),
});

function expected({ fails, whereSeen }, { tells }) {
  if (!fails) return "sent";
  const codes = tells && whereSeen ? `${fails.code} or ${whereSeen}` : fails.code;
  return `${fails.stage} ${codes}`;
}
