import { type CSSResult, unsafeCSS } from "lit";

interface Colour {
  /** The name of the custom property, after `--divar-`. */
  name: string;
  light: string;
  dark: string;
}

/**
 * Divar's colours. Red and orange do not contrast enough for text: they colour lines and icons, and
 * text keeps the colour of text.
 */
const COLOURS: readonly Colour[] = [
  { name: "brand", light: "#a62626", dark: "#a62626" },
  { name: "on-brand", light: "#fff", dark: "#fff" },
  { name: "accent", light: "#a62626", dark: "#ff8a80" },
  { name: "surface", light: "#fff", dark: "#242424" },
  { name: "text", light: "rgb(0 0 0 / 87%)", dark: "rgb(255 255 255 / 87%)" },
  { name: "text-secondary", light: "rgb(0 0 0 / 62%)", dark: "rgb(255 255 255 / 66%)" },
  { name: "divider", light: "rgb(0 0 0 / 12%)", dark: "rgb(255 255 255 / 12%)" },
  { name: "hover", light: "rgb(0 0 0 / 8%)", dark: "rgb(255 255 255 / 8%)" },
  { name: "success", light: "#2e7d32", dark: "#aed581" },
  { name: "error", light: "#f00", dark: "#ff8a80" },
  { name: "error-surface", light: "rgb(255 0 0 / 6%)", dark: "rgb(255 138 128 / 10%)" },
  { name: "focus", light: "#1565c0", dark: "#90caf9" },
];

const declarations = (value: (colour: Colour) => string): string =>
  COLOURS.map((colour) => `--_${colour.name}: ${value(colour)};`).join("\n");

const overridable = (value: (colour: Colour) => string) => (colour: Colour) =>
  `var(--divar-${colour.name}, ${value(colour)})`;

/**
 * The colours as custom properties for the style sheets: the app's own, else light or dark by the
 * page's `color-scheme`. Browsers before 2024 have no `light-dark()`; there the system decides.
 */
export const palette: CSSResult = unsafeCSS(`
  :host { ${declarations(overridable(({ light }) => light))} }
  @media (prefers-color-scheme: dark) {
    :host { ${declarations(overridable(({ dark }) => dark))} }
  }
  @supports (color: light-dark(#000, #fff)) {
    :host { ${declarations(overridable(({ light, dark }) => `light-dark(${light}, ${dark})`))} }
  }
`);
