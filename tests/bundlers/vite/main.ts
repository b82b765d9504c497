import "../page/send.js";
