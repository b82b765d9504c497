// Runtimes that are programs: they run a script in the folder of the installed package.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = (name) =>
  fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));

const DENO = ["run", "--quiet", "--no-prompt", "--allow-env", "--allow-net", "--allow-read"];

// The oldest Node that is supported is the one in PATH; this script runs in a current one.
export const nodeByImport = () => run("Node", "node", ["inside/import.js"], "import");
export const nodeByRequire = () => run("Node", "node", ["inside/require.cjs"], "require");
export const currentNode = () => run("Node", process.execPath, ["inside/import.js"], "import");
export const deno = () => run("Deno", program("deno"), [...DENO, "inside/import.js"]);
export const bun = () => run("Bun", program("bun"), ["inside/import.js"]);

function run(name, command, args, how) {
  const said = execFileSync(command, ["--version"], { encoding: "utf8" });
  const [version] = /\d+\.\d+\.\d+/.exec(said);
  const label = [name, version, how].filter(Boolean).join(" ");
  return { label, start: (context) => start(command, args, context) };
}

function start(command, args, { folder, collector }) {
  const env = { ...process.env, DIVAR_COLLECTOR: collector.url, DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  return {
    // One that fell before its end leaves the cases that it did not come to.
    ended: Promise.race([collector.ended, once(child, "exit")]),
    stop: () => child.kill(),
  };
}
