// The storm's page: what a bundler makes of it runs in a browser.
import { calm } from "./calm.js";
import { storm } from "./storm.js";

Object.assign(globalThis, { calm, storm });
