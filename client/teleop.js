/** From keys and a gamepad to actuators. Pure: five axes, each -1..1, each driving one actuator by a share of its range. */

/** @typedef {{actuator: number, scale: number}} Drive  actuator -1: none; scale -1..1 */
/** @typedef {Record<string, Drive>} Mapping */

export const DEAD_ZONE = 0.12;

/** The axes: the keys of their two ends (`KeyboardEvent.code`), and what of a standard gamepad moves them.
 * @type {readonly {name: string, title: string, keys: [string, string], pad: (pad: Pad) => number}[]}
 */
export const AXES = [
  { name: "forward", title: "W S · left stick ↕", keys: ["KeyS", "KeyW"], pad: ({ axes }) => -(axes[1] ?? 0) },
  { name: "side", title: "A D · left stick ↔", keys: ["KeyA", "KeyD"], pad: ({ axes }) => axes[0] ?? 0 },
  { name: "lift", title: "↑ ↓ · right stick ↕", keys: ["ArrowDown", "ArrowUp"], pad: ({ axes }) => -(axes[3] ?? 0) },
  { name: "turn", title: "← → · right stick ↔", keys: ["ArrowLeft", "ArrowRight"], pad: ({ axes }) => axes[2] ?? 0 },
  {
    name: "grip",
    title: "Q E · triggers",
    keys: ["KeyQ", "KeyE"],
    pad: ({ buttons }) => (buttons[7]?.value ?? 0) - (buttons[6]?.value ?? 0),
  },
];

/** @typedef {{axes: readonly number[], buttons: readonly {value: number}[]}} Pad */

/** The first actuators in order, one for each axis.
 * @param {number} actuators
 * @returns {Mapping}
 */
export function autoMapping(actuators) {
  return Object.fromEntries(AXES.map(({ name }, index) => [name, { actuator: index < actuators ? index : -1, scale: 1 }]));
}

/** What was kept, without what does not fit the model.
 * @param {unknown} kept
 * @param {number} actuators
 * @returns {Mapping}
 */
export function mappingFrom(kept, actuators) {
  const mapping = autoMapping(actuators);
  if (typeof kept !== "object" || kept === null) return mapping;
  for (const [name, drive] of Object.entries(kept)) {
    const { actuator, scale } = drive ?? {};
    if (!(name in mapping) || !Number.isInteger(actuator) || actuator < -1 || actuator >= actuators) continue;
    if (typeof scale === "number" && Math.abs(scale) <= 1) mapping[name] = { actuator, scale };
  }
  return mapping;
}

/** Nothing in the middle, and from its edge on the whole way.
 * @param {number} value
 */
export function withoutDeadZone(value) {
  const size = Math.min(1, Math.abs(value));
  return size <= DEAD_ZONE ? 0 : (Math.sign(value) * (size - DEAD_ZONE)) / (1 - DEAD_ZONE);
}

/** Where each axis is: keys first, else the pad.
 * @param {ReadonlySet<string>} keys  that are down, as `KeyboardEvent.code`
 * @param {Pad | null} pad
 * @returns {Record<string, number>}
 */
export function axisValues(keys, pad) {
  return Object.fromEntries(
    AXES.map(({ name, keys: [less, more], pad: ofPad }) => {
      const pressed = Number(keys.has(more)) - Number(keys.has(less));
      return [name, pressed !== 0 || !pad ? pressed : withoutDeadZone(ofPad(pad))];
    }),
  );
}

/** What `set_ctrl` is to say, by share of each range; actuators that several axes drive get the sum.
 * @param {Record<string, number>} axes
 * @param {Mapping} mapping
 * @returns {[number, number][]}
 */
export function ctrlShares(axes, mapping) {
  /** @type {Map<number, number>} */
  const shares = new Map();
  for (const [name, { actuator, scale }] of Object.entries(mapping)) {
    if (actuator < 0) continue;
    const sum = (shares.get(actuator) ?? 0) + (axes[name] ?? 0) * scale;
    shares.set(actuator, Math.max(-1, Math.min(1, sum)));
  }
  return [...shares].sort(([a], [b]) => a - b);
}

/** @param {string} code  as `KeyboardEvent.code` */
export function isTeleopKey(code) {
  return AXES.some(({ keys }) => keys.includes(code));
}
