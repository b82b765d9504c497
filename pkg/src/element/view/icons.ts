import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  add: "M12 5v14M5 12h14",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  mic: "M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM6 11.5a6 6 0 0 0 12 0M12 17.5v3.5",
  send: "M20.5 3.5 3.5 10.3l6.7 3.5 3.5 6.7zM20.5 3.5 10.2 13.8",
  close: "M6 6l12 12M18 6 6 18",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4.2h-4.2",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  play: "M8 5.2v13.6L19 12z",
  stop: "M7 7h10v10H7z",
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 16.8v.4",
  shield: "M12 3.5 5 6v5.5c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6zM9 12l2.2 2.2L15.3 10",
  shrink: "M14 10 20 4M14 10V5.5M14 10h4.5M10 14l-6 6M10 14v4.5M10 14H5.5",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  file: "M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4M9 12h6M9 15.5h6",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.5v.1",
  video: "M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3",
} as const;

export type Icon = keyof typeof PATHS;

/** A drawing beside a text; screen readers skip it. */
export const icon = (name: Icon): TemplateResult =>
  html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${PATHS[name]} />`}
  </svg>`;
