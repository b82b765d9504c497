// What browser-image-compression's workers load, in place of the same file from a CDN.
import imageCompression from "browser-image-compression";

globalThis.imageCompression = imageCompression;
