// What came out, in Markdown.
import { inShort, median, table } from "../report.js";

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export function photoTable({ paths, bytes }, runs) {
  const times = Object.values(runs).map((all) => median(all.map(({ took }) => took)));
  const rows = Object.entries(runs).map(([name, all], place) => {
    const took = all.map((run) => run.took);
    const spread = `${seconds(Math.min(...took))}–${seconds(Math.max(...took))}`;
    const [{ bytes, edges, place: told }] = all;
    const ratio = (times[0] / times[place]).toFixed(2);
    return [name, all.length, seconds(times[place]), spread, megabytes(bytes), edges, told, ratio];
  });
  const what = `${paths.length} photographs, ${megabytes(bytes)} MB`;
  const numbers = [">runs", ">median s", ">min–max", ">MB sent"];
  return table([what, ...numbers, "pixels", "tells where", ">speed"], rows);
}

/** In the report at a glance. */
const COLUMNS = {
  "divar-chat-media, prepareMedia in a MediaQueue": "divar-chat-media",
  "the three steps, files whole": "by hand",
  "@uppy/compressor, to the same size": "Uppy",
  "browser-image-compression, to the same size": "browser-image-compression",
};

export function photoGlance({ paths }, runs) {
  const times = Object.entries(runs).map(([name, all]) => [
    name,
    all.map(({ took }) => took / 1000),
  ]);
  const by = inShort(COLUMNS, Object.fromEntries(times));
  return [{ what: `${paths.length} photographs over 4G, s`, by }];
}

export function filmTable({ rows, size }) {
  const cells = Object.entries(rows).map(([name, { took, read, before, after }]) => [
    name,
    took.toFixed(1),
    ...[read, before, after].map((number) => number.toLocaleString("en")),
  ]);
  const what = `a film of ${megabytes(size)} MB`;
  const numbers = [">median ms", ">bytes read", ">the module's memory before", ">after"];
  return table([what, ...numbers], cells);
}
