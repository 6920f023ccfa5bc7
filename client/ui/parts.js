/** The small pieces that every panel is made of. */

import { stored } from "../prefs.js";
import { html } from "../vendor/preact.js";

const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;

/** @param {{name: string}} props  of a symbol in vendor/icons.svg */
export function Icon({ name }) {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`${SPRITE}#${name}`} /></svg>`;
}

/** A button that is only an icon: `label` is its name and its tooltip.
 * @param {{icon: string, label: string, keys?: string, class?: string, [more: string]: unknown}} props
 */
export function IconButton({ icon, label, keys, class: extra = "", ...more }) {
  const title = keys ? `${label} (${keys})` : label;
  return html`<button type="button" class=${`icon-button ${extra}`} aria-label=${label} title=${title} ...${more}>
    <${Icon} name=${icon} />
  </button>`;
}

/** @param {{title: string, aside?: unknown, children?: unknown}} props */
export function Section({ title, aside = null, children }) {
  return html`<section class="section">
    <h2>${title}${aside && html`<span class="aside">${aside}</span>`}</h2>
    ${children}
  </section>`;
}

const folds = stored("folds", /** @type {Record<string, boolean>} */ ({}));

/** A section that folds; the browser remembers which are open.
 * @param {{title: string, aside?: unknown, open?: boolean, children?: unknown}} props  `open`: at first
 */
export function Fold({ title, aside = null, open = false, children }) {
  const isOpen = folds.value[title] ?? open;
  return html`<details
    class="section fold"
    open=${isOpen}
    onToggle=${(/** @type {any} */ event) => {
      if (event.target.open !== isOpen) folds.value = { ...folds.value, [title]: event.target.open };
    }}
  >
    <summary><${Icon} name="chevron-right" />${title}${aside && html`<span class="aside">${aside}</span>`}</summary>
    ${isOpen && html`<div class="folded">${children}</div>`}
  </details>`;
}

/** Names and values, one below the other.
 * @param {{rows: [string, unknown][], label?: string, plain?: boolean}} props  plain: the place around it says how it looks
 */
export function Facts({ rows, label, plain = false }) {
  return html`<dl class=${plain ? undefined : "facts"} aria-label=${label}>
    ${rows.map(
      ([name, value]) =>
        html`<div key=${name}>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** One of a few choices, as a row of buttons.
 * @param {{label: string, options: [string, string][], value: string, onChoose: (value: string) => void}} props
 */
export function Choice({ label, options, value, onChoose }) {
  return html`<div class="choice" role="group" aria-label=${label}>
    ${options.map(
      ([key, text]) =>
        html`<button type="button" key=${key} aria-pressed=${String(key === value)} onClick=${() => onChoose(key)}>
          ${text}
        </button>`,
    )}
  </div>`;
}
