// The typings of the tag for the templates of Vue and for JSX.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** vue-tsc runs inside TypeScript's compiler, which is no JavaScript from version 7 on. */
const VUE_TSC = 'require(process.argv[1]).run(require.resolve("typescript-6/lib/tsc"))';

/** Rejects with what the compiler has printed. */
const check = (file, ...args) =>
  run(file, args).catch(({ stdout, stderr }) => {
    throw new Error(stdout + stderr);
  });

test("JSX takes the composer's properties and events, and no others", async () => {
  await check("node_modules/.bin/tsc", "--project", "tests/types/jsx");
});

test("templates of Vue take the composer's properties and events, and no others", async () => {
  const project = ["--project", "tests/types/vue"];
  await check(process.execPath, "-e", VUE_TSC, "--", resolve("vue-tsc"), ...project);
});
