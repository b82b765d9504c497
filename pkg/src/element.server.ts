// workerd and edge-light, which have no DOM and for which Lit replaces none: they render the tag as it is,
// and the page defines it.
export { describeChange } from "./element/describe-change.js";
export { en } from "./element/strings/en.js";
export { fa } from "./element/strings/fa.js";
