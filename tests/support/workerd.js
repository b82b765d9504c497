// A workerd without miniflare, so that the memory of its process is that of the Worker.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import workerd from "workerd";

/**
 * Bundles Workers as wrangler would, beside their configuration.
 *
 * @param {URL} from the folder of the configuration, workerd.capnp
 * @param {string[]} scripts the Workers in it
 */
export async function bundleWorkers(from, scripts) {
  const folder = mkdtempSync(join(tmpdir(), "divar-workerd-"));
  const config = join(folder, "workerd.capnp");
  await build({
    entryPoints: scripts.map((name) => fileURLToPath(new URL(name, from))),
    outdir: folder,
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "warning",
  });
  copyFileSync(new URL("workerd.capnp", from), config);
  return { config, remove: () => rmSync(folder, { recursive: true }) };
}

/** Starts a workerd and waits until it listens on `count` sockets. */
export async function startWorkerd(config, { count = 1, env = process.env } = {}) {
  const stdio = ["ignore", "inherit", "inherit", "pipe"];
  const child = spawn(workerd.default, ["serve", "--control-fd=3", config], { stdio, env });
  const ended = once(child, "exit");
  const urls = await Promise.race([listening(child.stdio[3], count), ended]);
  if (child.exitCode !== null) throw new Error(`workerd ended with ${child.exitCode}`);
  return {
    urls,
    memory: memoryOf(child.pid),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The addresses of the sockets, by their names. */
async function listening(control, count) {
  const urls = {};
  for await (const line of createInterface({ input: control })) {
    const { event, socket, port } = JSON.parse(line);
    if (event === "listen") urls[socket] = `http://127.0.0.1:${port}`;
    if (Object.keys(urls).length === count) break;
  }
  return urls;
}

/** The resident memory of a process in bytes, as Linux counts it. */
function memoryOf(pid) {
  const status = (name) => {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    return 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)[1]);
  };
  return {
    now: () => status("VmRSS"),
    peak: () => status("VmHWM"),
    /** Resets the peak. */
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, "5"),
  };
}
