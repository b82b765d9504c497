// Counts workers, encodings and decoded bitmaps. Must run before the page's own scripts.
{
  const count = { workers: 0, alive: 0, encodings: 0, encoding: 0, decoding: 0, most: 0 };
  globalThis.watched = count;
  const { Worker, OffscreenCanvas, createImageBitmap } = globalThis;

  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      count.workers += 1;
      count.alive += 1;
      globalThis.workerCreated?.();
    }
    terminate() {
      count.alive -= 1;
      super.terminate();
    }
  };

  const { convertToBlob } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.convertToBlob = async function (...args) {
    count.encodings += 1;
    count.encoding += 1;
    const blob = await convertToBlob.apply(this, args);
    count.encoding -= 1;
    return blob;
  };

  globalThis.createImageBitmap = async (...args) => {
    count.decoding += 1;
    count.most = Math.max(count.most, count.decoding);
    const bitmap = await createImageBitmap(...args);
    const close = bitmap.close.bind(bitmap);
    bitmap.close = () => {
      count.decoding -= 1;
      close();
    };
    return bitmap;
  };
}
