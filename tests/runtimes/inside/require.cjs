// Node, by require.
const main = require("divar-chat-media");
const edge = require("divar-chat-media/edge");
const prepare = require("divar-chat-media/prepare");

import("./report.js").then(({ runAll }) =>
  runAll({ main, edge, prepare }, process.env.DIVAR_COLLECTOR),
);
