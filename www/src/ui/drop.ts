interface Dropping {
  /** Told whether files are held over the page. */
  over(dragging: boolean): void;
  take(files: File[]): void;
}

/** Takes what is dropped anywhere on the page: a browser would else leave the page for it. */
export function watchDrop({ over, take }: Dropping): void {
  // Each element that is entered tells, and each that is left.
  let depth = 0;
  const set = (next: number) => {
    depth = Math.max(0, next);
    over(depth > 0);
  };
  addEventListener("dragenter", (event) => hasFiles(event) && set(depth + 1));
  addEventListener("dragleave", (event) => hasFiles(event) && set(depth - 1));
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    set(0);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

const hasFiles = (event: DragEvent): boolean => !!event.dataTransfer?.types.includes("Files");
