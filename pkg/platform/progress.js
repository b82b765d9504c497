/** The least time between two calls, in milliseconds. */
const PACE = 100;

/**
 * Tells `tell` how many bytes of a file of `total` have gone. It outlives a try: what has been told
 * is not taken back when the next begins.
 */
export const progress = (tell, total) => {
  let told = -1;
  let at = 0;
  let over = false;
  const report = (loaded, phase) => {
    told = loaded;
    try {
      tell({ loaded, total, phase });
    } catch {
      // What the caller's function throws must not end the upload.
    }
  };
  return {
    /** Of a body that is a little larger than the file, by the form around it. */
    moved(bytes, of) {
      const loaded = Math.floor(Math.min(of && bytes / of, 1) * total);
      const now = Date.now();
      if (loaded > told && now - at >= PACE) {
        at = now;
        report(loaded, "uploading");
      }
    },
    /** The last byte has gone; the server works. Told once. */
    gone() {
      if (over) return;
      over = true;
      report(total, "processing");
    },
  };
};
