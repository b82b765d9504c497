export { POST } from "../../handler";
