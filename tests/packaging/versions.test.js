// Each file that names the package's version names the same one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

test("Cargo.toml, Cargo.lock and npm's files name one version", () => {
  // It fails where Cargo.lock names another version than Cargo.toml.
  const args = ["tree", "--quiet", "--locked", "--package", "divar-chat-media", "--depth", "0"];
  const tree = execFileSync("cargo", args, { encoding: "utf8" });
  const versions = {
    "Cargo.toml": tree.match(/^divar-chat-media v(\S+)/)?.[1],
    "pkg/package.json": json("pkg/package.json").version,
    "package-lock.json": json("package-lock.json").packages.pkg.version,
  };
  assert.equal(
    new Set(Object.values(versions)).size,
    1,
    `they differ: ${JSON.stringify(versions)}. Write the same into Cargo.toml and pkg/package.json, then run ` +
      "`cargo update --workspace` and `npm install --package-lock-only`",
  );
});
