// The samples of the crate media/samples, which its own tests and the fuzz targets read, too.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "divar-samples-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
run("cargo", ["run", "--quiet", "--package", "divar-media-samples", "--", folder]);

/** The bytes of a sample by its name. */
export const sample = (name) => readFileSync(join(folder, name));
