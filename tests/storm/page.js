// The storm's page: what a bundler makes of it runs in a browser.
import { storm } from "./storm.js";

globalThis.storm = storm;
