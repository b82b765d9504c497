// The page under test, before a bundler.
import { runScenarios } from "./run.js";
import { withoutFaults } from "./without-faults.js";

Object.assign(globalThis, { runScenarios, withoutFaults });
