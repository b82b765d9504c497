// The options on the command line, and the report on the terminal.
import { parseArgs } from "node:util";
import { emulatorAddress } from "../support/emulator.js";
import { noFault, scenarioNames } from "./scenarios.js";

export function settings() {
  const { values } = parseArgs({
    options: {
      uploads: { type: "string", default: "1000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const { uploads, seed } = values;
  return { emulator: emulatorAddress(), uploads: Number(uploads), seed: Number(seed) };
}

/** How uploads go from a page. */
export const IN_A_PAGE = {
  // The connections that a browser has to one host: no upload waits for another.
  concurrency: 6,
  transports: [
    { name: "fetch", reportsProgress: false },
    { name: "XMLHttpRequest", reportsProgress: true },
  ],
};

export function announce(where, { uploads, seed, concurrency }) {
  console.log(`${where}: ${uploads} uploads, ${concurrency} at once, seed ${seed}`);
}

/** Prints the table, what is wrong, and the sums; sets the exit code. */
export function show({ seed }, { results, problems, made, left, ms, memory }) {
  print(rows(results));
  const wrong = [
    ...results.flatMap(({ number, scenario, transport, wrong }) =>
      wrong.length > 0 ? [`upload ${number}, ${scenario}, ${transport}: ${wrong.join("; ")}`] : [],
    ),
    ...problems,
  ];
  for (const what of wrong) console.log(`✗ ${what}`);
  const faults = results.filter(({ scenario }) => scenario !== noFault.name).length;
  const time = `${(ms / 1000).toFixed(1)} s`;
  console.log(`${faults} of ${results.length} met a fault; ${time}; seed ${seed}`);
  for (const [what, count] of Object.entries(made)) {
    console.log(`${count} ${what} made, ${left[what]} left`);
  }
  console.log(`${memory} bytes of linear memory at the end`);
  const passed = results.filter(({ wrong }) => wrong.length === 0).length;
  console.log(`${passed} passed, ${wrong.length} failed`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

/** One row for each scenario and transport. */
function rows(results) {
  const table = new Map();
  for (const { scenario, transport, expected, wrong } of results) {
    const name = `${scenario}, ${transport}`;
    const row = table.get(name) ?? { scenario, transport, expected, uploads: 0, passed: 0 };
    row.uploads += 1;
    if (wrong.length === 0) row.passed += 1;
    table.set(name, row);
  }
  const place = ({ scenario }) => scenarioNames.indexOf(scenario);
  return [...table.values()].sort(
    (a, b) => place(a) - place(b) || a.transport.localeCompare(b.transport),
  );
}

/** Columns as wide as their widest cell. */
function print(rows) {
  const titles = Object.keys(rows[0] ?? {});
  const lines = [titles, ...rows.map(Object.values)];
  const widths = titles.map((_, at) => Math.max(...lines.map((line) => String(line[at]).length)));
  const padded = (line) => line.map((value, at) => String(value).padEnd(widths[at]));
  for (const line of lines) console.log(`  ${padded(line).join("  ").trimEnd()}`);
}
