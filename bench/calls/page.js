// What runs in the browser.
import { contenders, time } from "./work.js";

globalThis.bench = { contenders: Object.keys(contenders), time };
