/** From MuJoCo's numbers to what people read, and the ranges of sliders. Pure. */

/** @typedef {import("./facts.js").Joint} Joint */
/** @typedef {import("./facts.js").Actuator} Actuator */

const DEGREES = 180 / Math.PI;

/** A slider: `index` into `qpos` or `ctrl`; `low`, `high` and `rest` in MuJoCo's unit, times `scale` they are in `unit`.
 * @typedef {object} Slider
 * @property {number} index
 * @property {string} label
 * @property {string} note  for a tooltip
 * @property {number} low
 * @property {number} high
 * @property {number} rest  where a double click brings it
 * @property {boolean} open  the range is only what the slider shows; the model sets none
 * @property {number} scale
 * @property {string} unit
 */

/** What an angle or a length is shown in.
 * @param {string} unit
 */
export function shownIn(unit) {
  return unit === "rad" ? { unit: "°", scale: DEGREES } : { unit, scale: 1 };
}

/** A name, or the number where there is none.
 * @param {{name: string, id: number}} thing
 */
export function nameOf({ name, id }) {
  return name || `#${id}`;
}

/** @param {Joint} joint  hinge or slide @returns {Slider} */
export function jointSlider(joint) {
  const half = joint.type === "hinge" ? Math.PI : 1;
  const rest = joint.qpos0[0];
  const [low, high] = joint.limited ? joint.range : [Math.min(-half, rest), Math.max(half, rest)];
  const limits = joint.limited ? "" : ", no limits";
  return {
    index: joint.qposadr,
    label: nameOf(joint),
    note: `${joint.type}${limits} · qpos[${joint.qposadr}]`,
    low,
    high,
    rest,
    open: !joint.limited,
    ...shownIn(joint.unit),
  };
}

/** @param {Actuator} actuator @param {Joint | undefined} joint  that it moves @returns {Slider} */
export function actuatorSlider(actuator, joint) {
  let [low, high] = actuator.ctrlrange;
  if (!actuator.ctrllimited) {
    const follows = actuator.type === "position" && joint?.limited;
    const half = actuator.unit === "rad" ? Math.PI : 1;
    [low, high] = follows ? joint.range : [-half, half];
  }
  const target = actuator.target ? ` on ${actuator.target.kind} ${nameOf(actuator.target)}` : "";
  const limits = actuator.ctrllimited ? "" : ", no limits";
  return {
    index: actuator.id,
    label: nameOf(actuator),
    note: `${actuator.type}${target}${limits} · ctrl[${actuator.id}]`,
    low,
    high,
    rest: Math.min(high, Math.max(low, 0)),
    open: !actuator.ctrllimited,
    ...shownIn(actuator.unit),
  };
}

/** As many digits as a slider of this range can set.
 * @param {number} value  in the shown unit
 * @param {number} span  of the range, same unit
 */
export function rounded(value, span) {
  if (!Number.isFinite(value)) return "";
  const digits = Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(Math.max(span, 1e-9)))));
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A number for reading: four digits, an exponent only where it is needed.
 * @param {number | null | undefined} value
 */
export function readable(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "—";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2).replaceAll("-", "−");
  if (Number.isInteger(value)) return String(value).replace("-", "−");
  return value.toFixed(size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4).replace("-", "−");
}
