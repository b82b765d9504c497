// A file that counts what is read of it.

/** A copy of `blob` whose slices call `count` with the bytes that are read of them. */
export function counted(blob, name, count) {
  const file = new File([blob], name);
  return watch(file, count);
}

/** Slices of slices are watched too; what is composed of them is read by whoever reads that. */
function watch(blob, count) {
  const { slice, arrayBuffer } = blob;
  blob.slice = (...range) => watch(slice.apply(blob, range), count);
  blob.arrayBuffer = () => {
    count(blob.size);
    return arrayBuffer.call(blob);
  };
  for (const name of ["stream", "text", "bytes"]) {
    blob[name] = () => {
      throw new Error(`the file is read by ${name}()`);
    };
  }
  return blob;
}
