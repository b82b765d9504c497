// What a page downloads of the built package, beside what people would import instead.
// Run by `cargo xtask size`, `build` and `bench`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { analyzeMetafile } from "esbuild";
import { saveResults, version } from "../harness/report.js";
import { bundle, measure, overBudget, sizesTable } from "./measure.js";

const { values: options } = parseArgs({
  options: {
    /** Show what the main entry consists of, and fail above a budget. */
    check: { type: "boolean" },
    /** The package alone. */
    own: { type: "boolean" },
    /** Also the same three steps in Rust, which must have been built in bench/reqwest. */
    "with-reqwest": { type: "boolean" },
  },
});

/** @type {import("./measure.js").Import[]} */
const imports = JSON.parse(readFileSync(new URL("imports.json", import.meta.url), "utf8"));

const isWanted = ({ budget, withReqwest }) =>
  (budget || !options.own) && (options["with-reqwest"] || !withReqwest);
const sizes = await Promise.all(imports.filter(isWanted).map(measure));

const inKilobytes = ({ column, compressed }) => [column, (compressed / 1000).toFixed(1)];
saveResults("size", {
  title: "What a page downloads",
  text: sizesTable(sizes),
  conditions: [`bundled and minified by ${version("esbuild")}, in bytes`],
  summary: [
    {
      what: "a page downloads, KB after brotli",
      by: Object.fromEntries(sizes.filter(({ column }) => column).map(inKilobytes)),
    },
  ],
});

if (options.check) {
  const { metafile } = await bundle('export * from "divar-chat-media";', { minify: true });
  console.log("\nEverything of the main entry, minified, by file:");
  console.log(await analyzeMetafile(metafile));
  const over = overBudget(sizes);
  if (over.length > 0) {
    console.error(
      `a page would download more than it may: ${over.join("; ")}. \`twiggy top\` over a build with ` +
        "names says what has grown; the budgets are in bench/size/imports.json",
    );
    process.exitCode = 1;
  }
}
