/** What a drop zone reports. */
export interface DropZoneHost {
  /** Files are held over the zone, or no longer. */
  draggedOver(isOver: boolean): void;
  addFiles(files: Iterable<File>): void;
}

/**
 * Takes files that are dropped on an element or pasted into it, or anywhere on the page.
 *
 * @returns a function that stops it
 */
export function watchDropZone(zone: HTMLElement | Window, host: DropZoneHost): () => void {
  const controller = new AbortController();
  // `signal` of addEventListener is as old as Chrome 90.
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => zone.addEventListener(name, listener as EventListener, { signal: controller.signal });
  // Each element that is entered or left inside of the zone fires an event.
  let depth = 0;
  const setDepth = (next: number) => {
    depth = Math.max(0, next);
    host.draggedOver(depth > 0);
  };
  listen("dragenter", (event) => hasFiles(event) && setDepth(depth + 1));
  listen("dragleave", (event) => hasFiles(event) && setDepth(depth - 1));
  listen("dragover", (event) => hasFiles(event) && event.preventDefault());
  listen("drop", (event) => {
    if (!hasFiles(event)) return;
    // Else the browser leaves the page and opens the file.
    event.preventDefault();
    setDepth(0);
    host.addFiles(event.dataTransfer?.files ?? []);
  });
  listen("paste", (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    host.addFiles(files);
  });
  return () => controller.abort();
}

const hasFiles = (event: DragEvent): boolean => !!event.dataTransfer?.types.includes("Files");
