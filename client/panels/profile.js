/** Where a step's time goes, from MuJoCo's stopwatches. Pure. */

/** Indices of `mjtTimer`, and what they are called here. Together they are the step: no phase contains another.
 * @type {[number[], string][]}
 */
export const PHASES = [
  [[8, 9], "kinematics"],
  [[10], "collision"],
  [[11, 12], "constraints"],
  [[4], "velocity"],
  [[5], "actuation"],
  [[6], "solver"],
];
const STEP = 0;

/** Milliseconds of each phase, and the rest of the step last.
 * @param {(number | null)[]} timerMs  in the order of `mjtTimer`
 */
export function phasesOf(timerMs) {
  const parts = PHASES.map(([indices]) => indices.reduce((sum, index) => sum + (timerMs[index] ?? 0), 0));
  const rest = (timerMs[STEP] ?? 0) - parts.reduce((sum, part) => sum + part, 0);
  return [...parts, Math.max(0, rest)];
}

/** Running sums, so that curves lie on each other.
 * @param {number[]} parts
 */
export function stacked(parts) {
  let sum = 0;
  return parts.map((part) => (sum += part));
}

/** One number of each field; null where it was not sent yet, because a plot with a NaN in it draws nothing.
 * @param {Pick<import("./live-values.js").Frame, "number">} frame
 * @param {string[]} fields
 */
export function numbersOf(frame, fields) {
  return fields.map((field) => {
    const value = frame.number(field);
    return Number.isFinite(value) ? value : null;
  });
}
