import { type CSSResult, css } from "lit";

export const files: CSSResult = css`
  /* The conversation above keeps most of the page, however many files are chosen. */
  .files {
    max-block-size: var(--divar-files-height, min(32vh, 18rem));
    margin: -0.5rem -0.75rem 0.5rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-block-end: 1px solid var(--_divider);
  }

  .files > * > li + li,
  ol:not([hidden]) + ul {
    border-block-start: 1px solid var(--_divider);
  }

  [hidden] {
    display: none;
  }

  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    column-gap: 0.625rem;
    padding: 0.375rem 0.75rem;
  }

  .file .failure {
    grid-column: 1 / -1;
  }

  .actions {
    display: flex;
  }

  .name {
    display: -webkit-box;
    overflow: hidden;
    font-size: 0.9375rem;
    font-weight: 500;
    line-height: 1.4;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
  }

  .facts,
  .stage {
    font-size: 0.8125rem;
    color: var(--_text-secondary);
  }

  .stage {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
  }

  .file progress {
    margin-block: 0.375rem 0.125rem;
  }

  .changes {
    font-size: 0.8125rem;
  }

  .changes li {
    display: flex;
    gap: 0.375rem;
  }

  .changes .icon {
    inline-size: 1.125rem;
    block-size: 1.25rem;
    color: var(--_success);
  }

  .notice {
    margin-block-end: 0.5rem;
    font-size: 0.875rem;
  }

  .failure {
    display: flex;
    align-items: flex-start;
    gap: 0.5rem;
    margin-block: 0.375rem;
    padding: 0.375rem 0.5rem;
    border-inline-start: 3px solid var(--_error);
    border-radius: 0.5rem;
    background: var(--_error-surface);
    font-size: 0.875rem;
  }

  .failure .icon {
    color: var(--_error);
  }

  .preview {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    overflow: hidden;
    border-radius: var(--divar-radius, 0.625rem);
    background: var(--_hover);
  }

  .preview img,
  .preview video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .preview .icon.play {
    position: absolute;
    padding: 0.25rem;
    border-radius: 50%;
    background: rgb(0 0 0 / 60%);
    color: #fff;
  }

  .preview.sound {
    padding: 0.375rem;
  }

  .preview.symbol {
    color: var(--_accent);
  }

  .bars {
    display: block;
    inline-size: 100%;
    block-size: 1.75rem;
    fill: var(--_accent);
  }

  /* A recording runs from left to right in every language. */
  .level,
  .preview {
    direction: ltr;
  }
`;
