// What runs in the browser.
import { contenders, names, time } from "./work.js";

globalThis.bench = { contenders: Object.keys(contenders), calls: names, time };
