// The file that the workers of browser-image-compression load, by default from a CDN.
import imageCompression from "browser-image-compression";

globalThis.imageCompression = imageCompression;
