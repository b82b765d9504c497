// What exiftool, which is not ours, reads in a file.
import { run } from "./run.js";

const OPTIONS = ["-a", "-u", "-G1", "-ee", "-json", "-api", "LargeFileSupport=1"];

/** Every tag of these files, by `Group:Name`, the least known ones and those inside of tracks too. */
export function tagsOf(...paths) {
  const { stdout } = run("exiftool", [...OPTIONS, ...paths]);
  return JSON.parse(stdout).map(({ SourceFile, ...tags }) => tags);
}

/** A tag's value as the file has it. */
export const rawTag = (path, tag) => run("exiftool", ["-b", `-${tag}`, path]).stdout;
