import axios from "axios";

export const first = () => typeof axios.create().post === "function";
