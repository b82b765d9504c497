import { testEach } from "./run.js";
import { browsers } from "./runtimes.js";

await testEach(browsers);
