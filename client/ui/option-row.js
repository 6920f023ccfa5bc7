/** One physics option: its name as MuJoCo spells it, what it is, and whether that is the model's own value. */

import { isChanged } from "../physics.js";
import { html, useState } from "../vendor/preact.js";

/** @typedef {import("../physics.js").Option} Option */
/** @typedef {{page: import("../state.js").PageState, option: Option}} Props */

/** @param {Props} props */
export function FlagRow({ page, option }) {
  return html`<label class=${isChanged(option) ? "check flag changed" : "check flag"} title=${option.name}>
    <input
      type="checkbox"
      checked=${option.value === true}
      onChange=${(/** @type {any} */ event) => page.send({ type: "set_option", field: option.name, value: event.target.checked })}
    />
    ${option.label}
  </label>`;
}

/** @param {Props} props */
export function OptionRow({ page, option }) {
  const set = (/** @type {import("../physics.js").Value} */ value) => page.send({ type: "set_option", field: option.name, value });
  const about = `${option.about && option.about !== option.name ? `${option.about}; ` : ""}model: ${written(option.initial)}`;
  return html`<div class=${isChanged(option) ? "option changed" : "option"} title=${about}>
    <span class="option-name" id=${`option-${option.name}`}>${option.name}</span>
    ${
      option.kind === "choice"
        ? html`<select
            aria-labelledby=${`option-${option.name}`}
            value=${option.value}
            onChange=${(/** @type {any} */ event) => set(event.target.value)}
          >
            ${option.choices.map((name) => html`<option key=${name} value=${name} selected=${name === option.value}>${name}</option>`)}
          </select>`
        : html`<${Numbers} page=${page} option=${option} set=${set} />`
    }
  </div>`;
}

/** @param {Props & {set: (value: number | number[]) => void}} props */
function Numbers({ page, option, set }) {
  const [, drawAgain] = useState(0);
  const values = /** @type {number[]} */ (Array.isArray(option.value) ? option.value : [option.value]);
  const { low, high } = option;
  /** @param {number} index @param {HTMLInputElement} input */
  const changed = (index, input) => {
    const number = input.valueAsNumber;
    const fits = Number.isFinite(number) && number >= (low ?? -Infinity) && number <= (high ?? Infinity);
    if (!fits || (option.kind === "int" && !Number.isInteger(number))) {
      const whole = option.kind === "int" ? "a whole number" : "a number";
      page.say("warn", `${option.name} takes ${whole}${low === null ? "" : ` from ${low} to ${high}`}.`);
      drawAgain((count) => count + 1);
      return;
    }
    if (number === values[index]) return;
    set(option.kind === "vector" ? values.map((value, at) => (at === index ? number : value)) : number);
  };
  return html`<span class="numbers">
    ${values.map(
      (value, index) =>
        html`<input
          key=${index}
          type="number"
          step="any"
          value=${value}
          aria-label=${values.length > 1 ? `${option.name} ${index + 1}` : option.name}
          onChange=${(/** @type {any} */ event) => changed(index, event.target)}
        />`,
    )}
  </span>`;
}

/** @param {import("../physics.js").Value} value */
function written(value) {
  return Array.isArray(value) ? value.join(" ") : String(value);
}
