import { dirname } from "node:path";
import type { NextConfig } from "next";

// The page and the packages are shared with the other projects, in the folder above.
const root = dirname(import.meta.dirname);

export default { turbopack: { root }, outputFileTracingRoot: root } satisfies NextConfig;
