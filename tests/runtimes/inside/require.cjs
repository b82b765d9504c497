// Node, by require.
const main = require("divar-chat-media");
const edge = require("divar-chat-media/edge");

import("./report.js").then(({ runAll }) => runAll({ main, edge }, process.env.DIVAR_COLLECTOR));
