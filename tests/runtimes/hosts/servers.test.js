import { testEach } from "./run.js";
import { servers } from "./runtimes.js";

await testEach(servers);
