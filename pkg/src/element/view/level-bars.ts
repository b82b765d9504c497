import { html, svg, type TemplateResult } from "lit";

/** The loudness of a recording over time; each level is from 0 to 1. */
export const levelBars = (levels: readonly number[]): TemplateResult =>
  html`<svg class="bars" viewBox="0 0 ${levels.length * 4} 24" preserveAspectRatio="none"
    aria-hidden="true">
    ${levels.map((level, index) => {
      const height = Math.max(2, Math.round(level * 24));
      return svg`<rect x=${index * 4} y=${12 - height / 2} width="2.4" height=${height} rx="1.2" />`;
    })}
  </svg>`;
