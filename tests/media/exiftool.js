// Reads a file's metadata with exiftool, an independent parser.
import { run } from "./run.js";

const OPTIONS = ["-a", "-u", "-G1", "-ee", "-json", "-api", "LargeFileSupport=1"];

/** All tags of these files by `Group:Name`, including unknown tags and those inside tracks. */
export function tagsOf(...paths) {
  const { stdout } = run("exiftool", [...OPTIONS, ...paths]);
  return JSON.parse(stdout).map(({ SourceFile, ...tags }) => tags);
}

/** A tag's raw value. */
export const rawTag = (path, tag) => run("exiftool", ["-b", `-${tag}`, path]).stdout;
