export { POST } from "../../handler";

export const runtime = "edge";
