// A file that counts the bytes that are read.

/** A copy of `blob` that calls `count` with the number of bytes of each read. */
export function counted(blob, name, count) {
  const file = new File([blob], name);
  return watch(file, count);
}

/** Slices of slices are counted too; reads of a Blob that is composed of slices are not. */
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
