// The published types, compiled as their users do.
import { execFileSync } from "node:child_process";
import { test } from "node:test";

for (const [project, folder] of Object.entries({
  "a page's project": "tests/types",
  "a server's project without the DOM's types": "tests/types/server",
})) {
  test(`the types compile in ${project}`, () => {
    execFileSync("node_modules/.bin/tsc", ["--noEmit", "--project", folder], { stdio: "inherit" });
  });
}
