/** How things are drawn, by MuJoCo's mjVisual: headlight, map, scales and colours. For everybody in the room. */

import { fromHex, toHex } from "../colour.js";
import { followPhysics, isChanged, physics, physicsProblem } from "../physics.js";
import { html, useEffect } from "../vendor/preact.js";
import { FlagRow, OptionRow } from "./option-row.js";
import { Fold, Icon } from "./parts.js";

/** @typedef {import("../physics.js").Option} Option */
/** @typedef {{page: import("../state.js").PageState}} Props */

const PARTS = { global: "Lines and shapes", headlight: "Headlight", map: "Map", scale: "Sizes", rgba: "Colours" };

/** @param {Props} props */
export function VisualSettings({ page }) {
  useEffect(() => followPhysics(page), []);
  const told = physics.value;
  if (!told) return physicsProblem.value ? html`<p class="note bad" role="alert">${physicsProblem.value}</p>` : null;
  const all = told.options.filter(({ group }) => group.startsWith("visual"));
  const changed = all.filter(isChanged).length;
  return html`${Object.entries(PARTS).map(([part, title]) => {
      const options = all.filter(({ group }) => group === `visual ${part}`);
      const own = options.filter(isChanged).length;
      return html`<${Fold} key=${part} title=${title} aside=${own > 0 && `${own} changed`}>
        ${options.map((option) => html`<${Row} key=${option.name} page=${page} option=${option} />`)}
      <//>`;
    })}
    <button
      type="button"
      class="outlined"
      disabled=${changed === 0}
      onClick=${() => page.send({ type: "reset_options", what: "visual" })}
    >
      <${Icon} name="rotate-ccw" />Drawn as in the model
    </button>`;
}

/** @param {Props & {option: Option}} props */
function Row({ page, option }) {
  if (option.kind === "flag") return html`<${FlagRow} page=${page} option=${option} />`;
  return isColour(option) ? html`<${Colour} page=${page} option=${option} />` : html`<${OptionRow} page=${page} option=${option} />`;
}

/** @param {Option} option */
function isColour({ kind, group }) {
  return kind === "vector" && (group === "visual rgba" || group === "visual headlight");
}

/** A colour, and where it has one its opacity.
 * @param {Props & {option: Option}} props
 */
function Colour({ page, option }) {
  const values = /** @type {number[]} */ (option.value);
  const label = option.label;
  const set = (/** @type {number[]} */ value) => page.send({ type: "set_option", field: option.name, value });
  return html`<div class=${isChanged(option) ? "option changed" : "option"} title=${option.name}>
    <span class="option-name">${label}</span>
    <span class="numbers">
      <input
        type="color"
        aria-label=${label}
        value=${toHex(values)}
        onChange=${(/** @type {any} */ event) => set([...fromHex(event.target.value), ...values.slice(3)])}
      />
      ${
        values.length > 3 &&
        html`<input
          type="number"
          min="0"
          max="1"
          step="0.05"
          aria-label=${`${label}, opacity`}
          value=${values[3]}
          onChange=${(/** @type {any} */ event) => {
            const opacity = event.target.valueAsNumber;
            if (opacity >= 0 && opacity <= 1) set([...values.slice(0, 3), opacity]);
            else page.say("warn", "Opacity is from 0 to 1.");
          }}
        />`
      }
    </span>
  </div>`;
}
