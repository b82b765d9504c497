import { type CSSResult, css } from "lit";

export const layout: CSSResult = css`
  :host {
    display: block;
    background: var(--_surface);
    color: var(--_text);
    font-family: var(--divar-font, inherit);
    line-height: 1.5;
  }

  :host([hidden]) {
    display: none;
  }

  .composer {
    position: relative;
  }

  form {
    padding: 0.5rem 0.75rem;
    padding-block-end: max(0.5rem, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_divider);
  }

  .row {
    display: flex;
    align-items: center;
    gap: 0.25rem;
  }

  #send {
    margin-inline-start: auto;
    padding-inline: 1rem;
  }

  .badge {
    min-inline-size: 1.5rem;
    padding-inline: 0.375rem;
    border-radius: 1rem;
    background: rgb(255 255 255 / 22%);
    font-size: 0.8125rem;
    text-align: center;
  }

  /* A camera is at hand where fingers are. */
  #camera,
  .camera {
    display: none;
  }

  @media (pointer: coarse) {
    #camera {
      display: block;
    }

    .camera {
      display: inline-flex;
    }
  }

  /* The narrowest phones show the icon alone. */
  @media (max-width: 23rem) {
    .choose {
      inline-size: 2.75rem;
      padding: 0;
    }

    .choose span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .recorder .left {
      display: none;
    }
  }

  .drop {
    position: absolute;
    z-index: 2;
    inset: 0.25rem;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    border: 2px dashed var(--_accent);
    border-radius: 1rem;
    background: var(--_surface);
    font-weight: 600;
    pointer-events: none;
  }

  :host([page-wide]) .drop {
    position: fixed;
    inset: 0.75rem;
    flex-direction: column;
    font-size: 1.125rem;
    opacity: 0.95;
  }

  .drop .icon {
    color: var(--_accent);
  }

  :host([page-wide]) .drop .icon {
    inline-size: 3rem;
    block-size: 3rem;
  }

  .total {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    column-gap: 0.75rem;
    padding-block-end: 0.375rem;
    font-size: 0.8125rem;
  }

  .total p {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
  }

  .total progress {
    grid-row: 2;
  }

  .total button {
    grid-row: 1 / 3;
    grid-column: 2;
  }

  .recorder {
    gap: 0.5rem;
  }

  .red {
    flex: none;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border-radius: 50%;
    background: var(--_error);
  }

  .time {
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    color: var(--_text-secondary);
  }

  .level {
    flex: 1;
    min-inline-size: 0;
  }

  .left {
    font-size: 0.75rem;
    color: var(--_text-secondary);
  }
`;
