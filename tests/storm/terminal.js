// A storm's terminal: what is asked for there, and what it shows.
import { parseArgs } from "node:util";
import { names } from "./weather.js";

/** What the command line and the task runner ask for. */
export function settings() {
  const { values } = parseArgs({
    options: {
      uploads: { type: "string", default: "1000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;
  if (!url || !key) throw new Error('there is no emulator: run this by "cargo xtask storm"');
  return { emulator: { url, key }, uploads: Number(values.uploads), seed: Number(values.seed) };
}

/** How uploads go from a page. */
export const IN_A_PAGE = {
  // So many connections a browser has to one host: none of ours ever waits for another.
  atOnce: 6,
  transports: [
    { name: "fetch", tells: false },
    { name: "XMLHttpRequest", tells: true },
  ],
};

export function announce(where, { uploads, seed, atOnce }) {
  console.log(`${where}: ${uploads} uploads, ${atOnce} at once, seed ${seed}`);
}

/** Prints the table, what went wrong, and the sum, by which this program ends well or not. */
export function show({ seed }, { results, complaints, made, left, took, memory }) {
  print(rows(results));
  const wrong = [
    ...results.flatMap(({ number, weather, transport, wrong }) =>
      wrong.length > 0 ? [`upload ${number}, ${weather}, ${transport}: ${wrong.join("; ")}`] : [],
    ),
    ...complaints,
  ];
  for (const what of wrong) console.log(`✗ ${what}`);
  const faults = results.filter(({ weather }) => weather !== "calm").length;
  const time = `${(took / 1000).toFixed(1)} s`;
  console.log(`${faults} of ${results.length} met a fault; ${time}; seed ${seed}`);
  for (const [what, many] of Object.entries(made)) {
    console.log(`${many} ${what} made, ${left[what]} left`);
  }
  console.log(`${memory} bytes of linear memory at the end`);
  const right = results.filter(({ wrong }) => wrong.length === 0).length;
  console.log(`${right} passed, ${wrong.length} failed`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

/** One row for each weather and transport. */
function rows(results) {
  const table = new Map();
  for (const { weather, transport, expected, wrong } of results) {
    const name = `${weather}, ${transport}`;
    const row = table.get(name) ?? { weather, transport, expected, met: 0, right: 0 };
    row.met += 1;
    if (wrong.length === 0) row.right += 1;
    table.set(name, row);
  }
  const place = ({ weather }) => names.indexOf(weather);
  return [...table.values()].sort(
    (a, b) => place(a) - place(b) || a.transport.localeCompare(b.transport),
  );
}

/** Columns as wide as what is in them. */
function print(rows) {
  const titles = Object.keys(rows[0] ?? {});
  const lines = [titles, ...rows.map(Object.values)];
  const widths = titles.map((_, at) => Math.max(...lines.map((line) => String(line[at]).length)));
  const padded = (line) => line.map((value, at) => String(value).padEnd(widths[at]));
  for (const line of lines) console.log(`  ${padded(line).join("  ").trimEnd()}`);
}
