import { join } from "node:path";

export default {
  mode: "production",
  entry: "./page.js",
  output: { path: join(import.meta.dirname, "public"), filename: "page.js" },
};
