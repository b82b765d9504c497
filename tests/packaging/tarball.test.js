// What npm would publish.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { test } from "node:test";

const { DIVAR_TARBALL: tarball } = process.env;
const tar = (...args) => execFileSync("tar", args, { encoding: "utf8" });

/** What is compiled from one file of `pkg/src`, whose types have no code. */
function compiled(path) {
  const name = path.replace(/\.ts$/, "");
  if (name === "wasm/files") return [];
  if (name.startsWith("probe/")) return [`dist/${name}.js`];
  const code = name.startsWith("types/") ? [] : [`dist/${name}.js`];
  return [...code, `dist/${name}.d.ts`, `dist/require/${name}.d.ts`];
}

const FILES = `
  LICENSE
  README.md
  dist/custom-elements.json
  THIRD-PARTY-LICENSES.txt
  dist/require/convert.js
  dist/require/edge.js
  dist/require/element.js
  dist/require/index.js
  dist/require/package.json
  dist/require/page.js
  dist/require/prepare.js
  package.json
  wasm/heic/glue.js
  wasm/heic/text.js
  wasm/page/glue.js
  wasm/page/text.js
  wasm/prepare-pictures/glue.js
  wasm/prepare-pictures/text.js
  wasm/prepare/divar_chat_media_bg.wasm
  wasm/prepare/glue.js
  wasm/prepare/text.js
  wasm/server/divar_chat_media_bg.wasm
  wasm/server/glue.js
  wasm/server/text.js
`;

test("the package has the files that a user needs, and no other", () => {
  const listed = tar("-tzf", tarball).trim().split("\n");
  const files = listed.map((path) => path.replace("package/", "")).sort();
  const sources = readdirSync("pkg/src", { recursive: true }).filter((path) =>
    path.endsWith(".ts"),
  );
  assert.deepEqual(files, [...FILES.trim().split(/\s+/), ...sources.flatMap(compiled)].sort());
});

test("installing it runs no script and brings the dependencies of the entry element", () => {
  const manifest = JSON.parse(tar("-xzOf", tarball, "package/package.json"));
  const { scripts, dependencies, optionalDependencies } = manifest;
  assert.deepEqual(
    [scripts, dependencies, optionalDependencies],
    [undefined, { "idb-keyval": "^6.3.0", lit: "^3.3.3" }, undefined],
  );
});

test("the dependencies of the entry convert are optional peers", () => {
  const manifest = JSON.parse(tar("-xzOf", tarball, "package/package.json"));
  const peers = Object.keys(manifest.peerDependencies);
  assert.deepEqual(peers.sort(), ["@mediabunny/aac-encoder", "mediabunny"]);
  for (const peer of peers)
    assert.deepEqual(manifest.peerDependenciesMeta[peer], { optional: true });
});

test("no file has a path of the machine that built it", () => {
  const unpacked = execFileSync("tar", ["-xzOf", tarball, "package/dist", "package/wasm"], {
    encoding: "latin1",
    maxBuffer: 2 ** 26,
  });
  for (const place of [homedir(), process.cwd(), "/.cargo/", "/rustlib/"]) {
    assert.ok(!unpacked.includes(place), place);
  }
});

test("each crate that is compiled in has its licence in the package", () => {
  const licenses = tar("-xzOf", tarball, "package/THIRD-PARTY-LICENSES.txt");
  const names = ["divar-chat-media", "divar-media-wasm", "divar-heic"];
  const modules = names.flatMap((name) => ["--package", name]);
  const tree = execFileSync(
    "cargo",
    [
      ...["tree", "--locked", ...modules, "--target", "wasm32-unknown-unknown"],
      ...["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"],
    ],
    { encoding: "utf8" },
  );
  const crates = [...tree.matchAll(/^(\S+) v(\S+)(?: \(\*\))?$/gm)];
  assert.ok(crates.length > 10);
  const missing = crates.filter(([, name, version]) => !licenses.includes(`${name} ${version}`));
  assert.deepEqual(missing, []);
  // One text in full of each licence that asks for it.
  for (const words of ["Permission is hereby granted", "Apache License", "UNICODE LICENSE V3"]) {
    assert.ok(licenses.includes(words), words);
  }
});
