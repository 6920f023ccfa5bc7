/** Which fields to ask for, so that every panel has what it wants and the server is asked for little. Pure.
 *
 * A field is `qpos`, `qpos[3]` or `qpos[3:6]`. Parts of one array that lie near each other are asked for as one.
 */

export const MOST_FIELDS = 48; // protocol/panels.py
const NEAR = 64; // indices: a gap as wide as this is cheaper to send than another field

/** @typedef {{name: string, start: number, stop: number | null}} Part  `stop` null: the whole */
/** Where a wanted field is in what is sent. @typedef {{field: string, start: number, stop: number | null}} Cut */

/** @param {string} field @returns {Part | null} null: it is no field */
export function parseField(field) {
  const found = /^([A-Za-z_][A-Za-z0-9_]{0,39})(?:\[(\d{1,9})(?::(\d{1,9}))?\])?$/.exec(field);
  if (!found) return null;
  const [, name, first, end] = found;
  if (first === undefined) return { name, start: 0, stop: null };
  const start = Number(first);
  const stop = end === undefined ? start + 1 : Number(end);
  return stop > start ? { name, start, stop } : null;
}

/** @param {Part} part */
function written({ name, start, stop }) {
  if (stop === null) return name;
  return stop === start + 1 ? `${name}[${start}]` : `${name}[${start}:${stop}]`;
}

/** What to ask for, and where in it each wanted field is.
 * @param {Iterable<string>} wanted
 * @param {Set<string>} [apart]  arrays whose parts are asked for one by one
 * @returns {{fields: string[], cuts: Map<string, Cut>}}
 */
export function plan(wanted, apart = new Set()) {
  /** @type {Map<string, {field: string, part: Part}[]>} */
  const byName = new Map();
  for (const field of new Set(wanted)) {
    const part = parseField(field);
    if (!part) continue;
    const others = byName.get(part.name) ?? [];
    others.push({ field, part });
    byName.set(part.name, others);
  }
  /** @type {string[]} */
  const fields = [];
  /** @type {Map<string, Cut>} */
  const cuts = new Map();
  for (const [name, parts] of byName) {
    if (parts.some(({ part }) => part.stop === null)) {
      fields.push(name);
      for (const { field, part } of parts) cuts.set(field, { field: name, start: part.start, stop: part.stop });
    } else {
      for (const group of apart.has(name) ? parts.map((part) => [part]) : near(parts)) {
        const start = group[0].part.start;
        const asked = written({ name, start, stop: Math.max(...group.map(({ part }) => Number(part.stop))) });
        fields.push(asked);
        for (const { field, part } of group) {
          cuts.set(field, { field: asked, start: part.start - start, stop: Number(part.stop) - start });
        }
      }
    }
  }
  return { fields: fields.slice(0, MOST_FIELDS), cuts };
}

/** Parts that lie near each other, together.
 * @param {{field: string, part: Part}[]} parts
 */
function near(parts) {
  const sorted = [...parts].sort((a, b) => a.part.start - b.part.start);
  /** @type {{field: string, part: Part}[][]} */
  const groups = [];
  let end = -Infinity;
  for (const one of sorted) {
    if (one.part.start > end + NEAR) groups.push([]);
    groups[groups.length - 1].push(one);
    end = Math.max(end, Number(one.part.stop));
  }
  return groups;
}
