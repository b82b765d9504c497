// The files that are uploaded: on disk, as a user's are.
import { createHash, randomFillSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MP4 = Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\0mdat", "latin1");
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

/** What is uploaded, by the type that it is uploaded as; `turns` in each round, more of the short. */
export const workloads = {
  video: {
    what: "a video of 50 MB",
    count: 1,
    size: 50_000_000,
    turns: 3,
    head: MP4,
    extension: "mp4",
  },
  image: {
    what: "200 files of 200 KB",
    count: 200,
    size: 200_000,
    turns: 1,
    head: JPEG,
    extension: "jpg",
  },
};

const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));

/** Writes a workload's files; gives their paths and hashes. */
export function write({ count, size, head, extension }) {
  const bytes = Buffer.alloc(size);
  const paths = [];
  const hashes = [];
  for (let number = 1; number <= count; number += 1) {
    head.copy(randomFillSync(bytes));
    const path = join(folder, `${number}.${extension}`);
    writeFileSync(path, bytes);
    paths.push(path);
    hashes.push(createHash("sha256").update(bytes).digest("hex"));
  }
  return { paths, hashes: hashes.sort() };
}

export const removeFiles = () => rmSync(folder, { recursive: true });
