// Builds the samples of the crate media/samples, which its own tests and the fuzz targets share.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "divar-samples-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
// A target folder of its own: cargo locks the default one while another suite compiles in it.
const cargo = ["run", "--quiet", "--target-dir", "target/samples"];
run("cargo", [...cargo, "--package", "divar-media-samples", "--", folder]);

/** A sample's bytes by name. */
export const sample = (name) => readFileSync(join(folder, name));
