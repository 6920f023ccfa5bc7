/** One physics option: its name as MuJoCo spells it, what it is, and whether that is the model's own value. */

import { isChanged } from "../physics.js";
import { html, useState } from "../vendor/preact.js";
import { useHeld } from "./held.js";

/** @typedef {import("../physics.js").Option} Option */
/** @typedef {{page: import("../state.js").PageState, option: Option}} Props */

/** @param {Props} props */
export function FlagRow({ page, option }) {
  const { value, set } = useHeld(option.value, 2500, true);
  return html`<label class=${isChanged(option) ? "check flag changed" : "check flag"} title=${option.name}>
    <input
      type="checkbox"
      checked=${value === true}
      onChange=${(/** @type {any} */ event) => {
        set(event.target.checked);
        page.send({ type: "set_option", field: option.name, value: event.target.checked });
      }}
    />
    ${option.label}
  </label>`;
}

/** @param {Props} props */
export function OptionRow({ page, option }) {
  const shown = useHeld(option.value, 2500, true);
  const set = (/** @type {import("../physics.js").Value} */ value) => {
    shown.set(value);
    page.send({ type: "set_option", field: option.name, value });
  };
  const about = `${option.about && option.about !== option.name ? `${option.about}; ` : ""}model: ${written(option.initial)}`;
  return html`<div class=${isChanged(option) ? "option changed" : "option"} title=${about}>
    <span class="option-name" id=${`option-${option.name}`}>${option.name}</span>
    ${
      option.kind === "choice"
        ? html`<select
            aria-labelledby=${`option-${option.name}`}
            value=${shown.value}
            onChange=${(/** @type {any} */ event) => set(event.target.value)}
          >
            ${option.choices.map((name) => html`<option key=${name} value=${name} selected=${name === shown.value}>${name}</option>`)}
          </select>`
        : html`<${Numbers} page=${page} option=${option} value=${shown.value} set=${set} />`
    }
  </div>`;
}

/** @param {Props & {value: import("../physics.js").Value, set: (value: number | number[]) => void}} props */
function Numbers({ page, option, value: told, set }) {
  const values = /** @type {number[]} */ (Array.isArray(told) ? told : [told]);
  /** @param {number} index @param {number} number */
  const changed = (index, number) => {
    if (!fits(option, number)) {
      const whole = option.kind === "int" ? "a whole number" : "a number";
      page.say("warn", `${option.name} takes ${whole}${option.low === null ? "" : ` from ${option.low} to ${option.high}`}.`);
    } else if (number !== values[index]) {
      set(option.kind === "vector" ? values.map((value, at) => (at === index ? number : value)) : number);
    }
  };
  return html`<span class="numbers">
    ${values.map(
      (value, index) =>
        html`<${NumberField}
          key=${index}
          value=${value}
          label=${values.length > 1 ? `${option.name} ${index + 1}` : option.name}
          changed=${(/** @type {number} */ number) => changed(index, number)}
        />`,
    )}
  </span>`;
}

/** What is being written stays, whatever the server says meanwhile.
 * @param {{value: number, label: string, changed: (value: number) => void}} props
 */
function NumberField({ value, label, changed }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  return html`<input
    type="number"
    step="any"
    value=${draft ?? value}
    aria-label=${label}
    onInput=${(/** @type {any} */ event) => setDraft(event.target.value)}
    onChange=${(/** @type {any} */ event) => {
      setDraft(null);
      changed(event.target.valueAsNumber);
    }}
    onBlur=${() => setDraft(null)}
  />`;
}

/** @param {Option} option @param {number} number */
function fits({ kind, low, high }, number) {
  if (!Number.isFinite(number) || number < (low ?? -Infinity) || number > (high ?? Infinity)) return false;
  return kind !== "int" || Number.isInteger(number);
}

/** @param {import("../physics.js").Value} value */
function written(value) {
  return Array.isArray(value) ? value.join(" ") : String(value);
}
