// The results, in Markdown.
import { median, summary, table } from "../harness/report.js";

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export function photoTable({ paths, bytes }, runs) {
  const medians = Object.values(runs).map((all) => median(all.map(({ ms }) => ms)));
  const rows = Object.entries(runs).map(([name, all], index) => {
    const times = all.map(({ ms }) => ms);
    const range = `${seconds(Math.min(...times))}–${seconds(Math.max(...times))}`;
    const [{ bytes, pixels, place }] = all;
    const speed = (medians[0] / medians[index]).toFixed(2);
    return [
      name,
      all.length,
      seconds(medians[index]),
      range,
      megabytes(bytes),
      pixels,
      place,
      speed,
    ];
  });
  const what = `${paths.length} photographs, ${megabytes(bytes)} MB`;
  const numbers = [">runs", ">median s", ">min–max", ">MB sent"];
  return table([what, ...numbers, "pixels", "has the location", ">speed"], rows);
}

/** The columns in the summary. */
const COLUMNS = {
  "divar-chat-media, prepareMedia in a MediaQueue": "divar-chat-media",
  "the three steps, files whole": "by hand",
  "@uppy/compressor, to the same size": "Uppy",
  "browser-image-compression, to the same size": "browser-image-compression",
};

export function photoSummary({ paths }, runs) {
  const times = Object.entries(runs).map(([name, all]) => [name, all.map(({ ms }) => ms / 1000)]);
  const what = `${paths.length} photographs over 4G`;
  return summary({ [what]: Object.fromEntries(times) }, COLUMNS, { unit: "s" });
}

export function videoTable({ measured, size }) {
  const rows = Object.entries(measured).map(([name, all]) => {
    const { bytesRead, before } = all[0];
    const numbers = [bytesRead, before, all.at(-1).after].map((value) =>
      value.toLocaleString("en"),
    );
    return [name, median(all.map(({ ms }) => ms)).toFixed(1), ...numbers];
  });
  const numbers = [">median ms", ">bytes read", ">the module's memory before", ">after"];
  return table([`a video of ${megabytes(size)} MB`, ...numbers], rows);
}
