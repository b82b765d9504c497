// One document of the results of all parts. Run by `cargo xtask bench`.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { release, totalmem } from "node:os";
import { join } from "node:path";
import { machine, table } from "./report.js";

const [folder, document] = process.argv.slice(2);
const PARTS = ["size", "start", "calls", "uploads", "handler", "prepare", "phone"];

const measured = PARTS.map((part) => join(folder, `${part}.json`))
  .filter((path) => existsSync(path))
  .map((path) => JSON.parse(readFileSync(path, "utf8")));

/** The name of the distribution, where it has one. */
function system() {
  const file = "/etc/os-release";
  const name = existsSync(file)
    ? /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(file, "utf8"))
    : null;
  return `${name?.[1] ?? process.platform}, ${process.platform} ${release()}`;
}

/** The medians of all cases; less is better. */
function summary() {
  const all = measured.flatMap(({ summary }) => summary);
  const first = ["divar-chat-media", "by hand", "axios", "Uppy", "ky"];
  const named = new Set([...first, ...all.flatMap(({ by }) => Object.keys(by))]);
  const columns = [...named].filter((name) => all.some(({ by }) => name in by));
  const rows = all.map(({ what, by }) => [what, ...columns.map((name) => by[name] ?? "")]);
  return table(["median; less is better", ...columns.map((name) => `>${name}`)], rows);
}

const commit = () =>
  execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
const sections = measured.map(
  ({ title, text, conditions }) =>
    `## ${title}\n\n${text}\n${conditions.length > 0 ? `\n${conditions.join("; ")}.\n` : ""}`,
);
const report = `# Benchmark of divar-chat-media ${commit()}

${machine}, ${memory}; ${system()}; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.

${summary()}

${sections.join("\n")}`;
writeFileSync(document, report);
console.log(`\n${report}`);
