/** Takes what is pasted, wherever on the page the keyboard is. */
export function watchPaste(take: (files: File[]) => void): void {
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}
