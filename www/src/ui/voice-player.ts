import { html, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatDuration } from "../format.js";
import { t } from "../i18n/language.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";

/** The one that plays: two voices at once are none. */
let playing: HTMLAudioElement | undefined;

/** Plays a voice note. */
@customElement("voice-player")
export class VoicePlayer extends Part {
  @property({ attribute: false }) src = "";
  /** How loud it is over its length, where that is known. */
  @property({ attribute: false }) levels: readonly number[] | undefined;
  @state() private at = 0;
  @state() private duration = 0;
  @state() private paused = true;
  @state() private broken = false;

  protected override render(): TemplateResult {
    if (this.broken) return html`<p class="note">${t().voiceBroken}</p>`;
    const { at, duration, paused } = this;
    return html`<div class="voice" role="group" aria-label=${t().voice}>
      <audio src=${this.src} preload="metadata" @timeupdate=${this.#read} @loadedmetadata=${this.#read}
        @durationchange=${this.#read} @play=${this.#read} @pause=${this.#read} @ended=${this.#rewind}
        @error=${() => (this.broken = true)}></audio>
      <button type="button" class="round strong" aria-label=${paused ? t().play : t().pause}
        @click=${this.#toggle}>${icon(paused ? "play" : "pause")}</button>
      <span class="track">
        ${this.levels ? bars(this.levels, duration > 0 ? at / duration : 0) : ""}
        <input type="range" class=${this.levels ? "over" : ""} min="0" max=${Math.max(duration, 0.1)}
          step="0.1" .value=${String(at)} aria-label=${t().position}
          aria-valuetext=${formatDuration(at)} @input=${this.#seek} />
      </span>
      <bdi class="time">${formatDuration(paused && at === 0 ? duration : at)}</bdi>
    </div>`;
  }

  get #audio(): HTMLAudioElement {
    return this.querySelector("audio") as HTMLAudioElement;
  }

  #toggle = () => {
    const audio = this.#audio;
    if (!audio.paused) return audio.pause();
    if (playing !== audio) playing?.pause();
    playing = audio;
    audio.play().catch(() => {
      this.broken = audio.error !== null;
    });
  };

  #read = () => {
    const { currentTime, duration, paused } = this.#audio;
    Object.assign(this, { at: currentTime, paused });
    // A recording that is not indexed does not know its end.
    if (Number.isFinite(duration)) this.duration = duration;
  };

  #rewind = () => {
    this.#audio.currentTime = 0;
    this.#read();
  };

  #seek = (event: Event) => {
    this.#audio.currentTime = Number((event.target as HTMLInputElement).value);
    this.#read();
  };
}

/** A picture of how loud a recording is; what is behind `share` of it has been heard. */
export function bars(levels: readonly number[], share = 1): TemplateResult {
  const tall = (level: number) => Math.max(2, Math.round(level * 24));
  return html`<svg class="bars" viewBox="0 0 ${levels.length * 4} 24" preserveAspectRatio="none"
    aria-hidden="true">
    ${levels.map((level, index) => {
      const heard = index / levels.length < share;
      return svg`<rect class=${heard ? "heard" : ""} x=${index * 4} y=${12 - tall(level) / 2} width="2.4"
        height=${tall(level)} rx="1.2" />`;
    })}
  </svg>`;
}
