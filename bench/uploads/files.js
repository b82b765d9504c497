// The files that are uploaded, on the disk.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JPEG, jpegOf, MP4 } from "../../tests/support/samples.js";
import { sha256 } from "../../tests/support/sha256.js";

/** What is uploaded, by the type that it is uploaded as; `turns` in each round, more of the short. */
export const workloads = {
  video: {
    what: "a video of 50 MB",
    count: 1,
    size: 50_000_000,
    turns: 3,
    make: (size) => {
      const bytes = randomBytes(size);
      bytes.set(MP4);
      return bytes;
    },
    extension: "mp4",
  },
  image: {
    what: "200 files of 200 KB",
    count: 200,
    size: 200_000,
    turns: 1,
    make: (size) => jpegOf(randomBytes(size - JPEG.length)),
    extension: "jpg",
  },
};

const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));

/** Writes a workload's files; gives their paths and hashes. */
export async function write({ count, size, make, extension }) {
  const paths = [];
  const hashes = [];
  for (let number = 1; number <= count; number += 1) {
    const bytes = make(size);
    const path = join(folder, `${number}.${extension}`);
    writeFileSync(path, bytes);
    paths.push(path);
    hashes.push(await sha256(bytes));
  }
  return { paths, hashes: hashes.sort() };
}

export const removeFiles = () => rmSync(folder, { recursive: true });
