import { type CSSResult, css } from "lit";

export const controls: CSSResult = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p,
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  button,
  label {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    min-block-size: 2.75rem;
    padding: 0 0.75rem;
    border: 1px solid transparent;
    border-radius: var(--divar-radius, 0.625rem);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.9375rem;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  .round {
    flex: none;
    inline-size: 2.75rem;
    padding: 0;
    border-radius: 50%;
  }

  .plain,
  .choose {
    color: var(--_accent);
  }

  button:hover,
  label:hover {
    background: var(--_hover);
  }

  .strong,
  .strong:hover {
    background: var(--_brand);
    color: var(--_on-brand);
  }

  .strong:hover {
    filter: brightness(1.12);
  }

  button:disabled,
  button:disabled:hover,
  input:disabled + label {
    cursor: default;
    background: var(--_hover);
    color: var(--_text-secondary);
    filter: none;
  }

  :focus-visible,
  .unseen:focus-visible + label {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  progress {
    display: block;
    inline-size: 100%;
    block-size: 0.375rem;
    overflow: hidden;
    appearance: none;
    border: 0;
    border-radius: 1rem;
    background: var(--_divider);
    color: var(--_accent);
  }

  progress::-webkit-progress-bar {
    background: none;
  }

  progress::-webkit-progress-value {
    border-radius: 1rem;
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    border-radius: 1rem;
    background: var(--_accent);
  }

  small {
    font-size: 0.75rem;
    color: var(--_text-secondary);
  }

  small[dir="ltr"] {
    display: inline-block;
    unicode-bidi: isolate;
  }

  bdi {
    overflow-wrap: anywhere;
  }

  .icon {
    flex: none;
    inline-size: 1.375rem;
    block-size: 1.375rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon.play,
  .icon.stop {
    fill: currentcolor;
  }

  [dir="rtl"] .icon.send {
    transform: scaleX(-1);
  }

  @media (prefers-reduced-motion: no-preference) {
    progress.busy,
    .red {
      animation: busy 1s ease-in-out infinite alternate;
    }

    progress::-webkit-progress-value {
      transition: inline-size 0.15s linear;
    }
  }

  @keyframes busy {
    to {
      opacity: 0.35;
    }
  }
`;
