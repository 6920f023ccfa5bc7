/** A number that can be typed while its value goes on coming from the server: what is typed stays until it is done. */

import { html, useState } from "../vendor/preact.js";

/** @param {{label: string, value: number, min: number, max: number, step?: number, set: (value: number) => void}} props */
export function NumberField({ label, value, min, max, step = 1, set }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  return html`<input
    type="number"
    class="short"
    aria-label=${label}
    min=${min}
    max=${max}
    step=${step}
    value=${draft ?? value}
    onInput=${(/** @type {any} */ event) => setDraft(event.target.value)}
    onChange=${(/** @type {any} */ event) => {
      const next = event.target.valueAsNumber;
      if (next >= min && next <= max) set(next);
      setDraft(null);
    }}
    onBlur=${() => setDraft(null)}
  />`;
}
