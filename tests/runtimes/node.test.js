// The installed package in this Node, by import and by require.
import { createRequire } from "node:module";
import { test } from "node:test";
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";
import { startApp } from "./app.js";
import { runCases } from "./cases.js";

const require = createRequire(import.meta.url);
const required = {
  main: require("divar-chat-media"),
  edge: require("divar-chat-media/edge"),
};
const address = {
  url: process.env.DIVAR_EMULATOR_URL,
  key: process.env.DIVAR_EMULATOR_KEY,
  app: await startApp(),
};

runCases((name, run) => test(`import: ${name}`, run), { main, edge }, address);
runCases((name, run) => test(`require: ${name}`, run), required, address);
