/** Below the Sim tab: keyframes, gravity, noise, and every option and flag of MuJoCo's physics. */

import { loadStyles } from "../panels/styles.js";
import { followPhysics, isChanged, physics, physicsProblem } from "../physics.js";
import { html, useEffect } from "../vendor/preact.js";
import { Gravity } from "./gravity.js";
import { useHeld } from "./held.js";
import { Keyframes } from "./keyframes.js";
import { FlagRow, OptionRow } from "./option-row.js";
import { Fold, Icon } from "./parts.js";

/** @typedef {import("../physics.js").Option} Option */
/** @typedef {{page: import("../state.js").PageState}} Props */

await loadStyles("physics.css");

const MEDIUM = ["gravity", "wind", "magnetic", "density", "viscosity"];

/** @type {[string, (option: Option) => boolean, string][]} */
const SECTIONS = [
  ["Solver", ({ name, group }) => group === "option" && !MEDIUM.includes(name) && !name.startsWith("o_"), ""],
  ["Medium", ({ name, group }) => group === "option" && MEDIUM.includes(name), ""],
  ["Contact override", ({ name }) => name.startsWith("o_"), "For all contacts, while the flag Override is on."],
  ["Disable", ({ group }) => group === "disable", "What is ticked is left out."],
  ["Enable", ({ group }) => group === "enable", ""],
  ["Disable actuators", ({ group }) => group === "actuator", "By the group that the model gave them."],
];

/** @param {Props} props */
export function PhysicsPanel({ page }) {
  useEffect(() => followPhysics(page), []);
  const told = physics.value;
  if (!told) {
    if (!physicsProblem.value) return html`<p class="muted" aria-busy="true">Loading…</p>`;
    return html`<p class="note bad" role="alert">${physicsProblem.value}</p>`;
  }
  const changed = told.options.filter((option) => isChanged(option) && !option.group.startsWith("visual")).length;
  return html`<${Keyframes} page=${page} keyframes=${told.keyframes} />
    <${Gravity} page=${page} />
    <${Noise} page=${page} noise=${told.noise} />
    ${SECTIONS.map(([title, belongs, words]) => {
      const options = told.options.filter(belongs).sort((a, b) => Number(b.kind === "choice") - Number(a.kind === "choice"));
      const own = options.filter(isChanged).length;
      return html`<${Fold} key=${title} title=${title} aside=${own > 0 && `${own} changed`}>
        ${words && html`<p class="muted">${words}</p>`}
        ${options.map((option) =>
          option.kind === "flag"
            ? html`<${FlagRow} key=${option.name} page=${page} option=${option} />`
            : html`<${OptionRow} key=${option.name} page=${page} option=${option} />`,
        )}
      <//>`;
    })}
    <button type="button" class="outlined" disabled=${changed === 0} onClick=${() => page.send({ type: "reset_options", what: "physics" })}>
      <${Icon} name="rotate-ccw" />Options as in the model
    </button>`;
}

/** @param {Props & {noise: {scale: number, rate: number}}} props */
function Noise({ page, noise }) {
  const { value, set, on } = useHeld(noise);
  const send = (/** @type {{scale?: number, rate?: number}} */ changed) => {
    set({ ...value, ...changed });
    page.send({ type: "set_noise", ...value, ...changed });
  };
  if (page.model.value?.nu === 0) return null;
  return html`<${Fold} title="Noise on controls" aside=${noise.scale > 0 && `on, ${noise.scale.toFixed(2)}`}>
    <${Slider} label="Scale" most=${1} on=${on} value=${value.scale} set=${(/** @type {number} */ scale) => send({ scale })} />
    <${Slider} label="Rate" unit=" s" most=${4} on=${on} value=${value.rate} set=${(/** @type {number} */ rate) => send({ rate })} />
  <//>`;
}

/**
 * @param {object} props
 * @param {string} props.label
 * @param {string} [props.unit]
 * @param {number} props.most
 * @param {number} props.value
 * @param {(value: number) => void} props.set
 * @param {Record<string, () => void>} props.on
 */
function Slider({ label, unit = "", most, value, set, on }) {
  return html`<label class="sliding">
    <span>${label}</span>
    <input
      type="range"
      min="0"
      max=${most}
      step="0.01"
      value=${value}
      style=${{ "--at": `${(value / most) * 100}%` }}
      aria-valuetext=${`${value.toFixed(2)}${unit}`}
      ...${on}
      onInput=${(/** @type {any} */ event) => set(event.target.valueAsNumber)}
    />
    <output>${value.toFixed(2)}${unit}</output>
  </label>`;
}
