/** The model as a tree of rows: bodies with their joints, geoms, sites, cameras and lights. Pure.
 *
 * A row's key is its kind and number, `body:3`. What is folded costs nothing; what is searched for is shown with all
 * the bodies that lead to it.
 */

import { nameOf } from "./scales.js";

/** @typedef {import("./facts.js").Facts} Facts */

/**
 * @typedef {object} TreeRow
 * @property {string} key
 * @property {string} kind
 * @property {number} id
 * @property {number} body  that it is, or belongs to
 * @property {string} label
 * @property {string} note
 * @property {number} level  from 1
 * @property {boolean} opens  it has something inside
 * @property {boolean} open
 * @property {number} place  among its siblings, from 1
 * @property {number} of  how many siblings there are
 */

const UNFOLD_UP_TO = 40; // rows: what a tree shows before anybody has opened anything

/** @type {[keyof Facts & ("joints" | "geoms" | "sites" | "cameras" | "lights"), string][]} */
const PARTS = [
  ["joints", "joint"],
  ["geoms", "geom"],
  ["sites", "site"],
  ["cameras", "camera"],
  ["lights", "light"],
];

/** What is inside each body: made once for each model. */
export class ModelTree {
  /** @type {Map<number, {kind: string, thing: {id: number, name: string, type?: string}}[]>} */
  #parts = new Map();
  /** @type {Map<number, number[]>} */
  #children = new Map();
  #facts;
  /** @type {Map<number, import("./facts.js").Body>} */
  #bodies;

  /** @param {Facts} facts */
  constructor(facts) {
    this.#facts = facts;
    this.#bodies = new Map(facts.bodies.map((body) => [body.id, body]));
    for (const [list, kind] of PARTS) {
      for (const thing of facts[list]) {
        const others = this.#parts.get(thing.body) ?? [];
        others.push({ kind, thing });
        this.#parts.set(thing.body, others);
      }
    }
    for (const { id, parent } of facts.bodies) {
      if (id === 0) continue;
      const others = this.#children.get(parent) ?? [];
      others.push(id);
      this.#children.set(parent, others);
    }
  }

  /** Bodies that are open before anybody has opened any: from the world down, while there is room. */
  firstOpen() {
    const open = new Set(["body:0"]);
    let rows = 1 + this.#inside(0);
    const queue = [...(this.#children.get(0) ?? [])];
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const inside = this.#inside(id);
      if (rows + inside > UNFOLD_UP_TO) break;
      rows += inside;
      open.add(`body:${id}`);
      queue.push(...(this.#children.get(id) ?? []));
    }
    return open;
  }

  /** Keys of the bodies that must be open for body `id` to be seen.
   * @param {number} id
   */
  leadingTo(id) {
    const keys = [];
    for (let body = this.#bodies.get(id); body && body.id !== 0; ) {
      body = this.#bodies.get(body.parent);
      if (body) keys.push(`body:${body.id}`);
    }
    return keys;
  }

  /** @param {Set<string>} open @param {string} search @returns {TreeRow[]} */
  rows(open, search) {
    const wanted = search.trim().toLowerCase();
    const found = wanted ? this.#matching(wanted) : null;
    /** @type {TreeRow[]} */
    const rows = [];
    if (found?.size === 0) return rows;
    // not by recursion: a chain of a stranger may be deeper than the stack
    const waiting = [{ id: 0, level: 1, place: 1, of: 1 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      waiting.push(...this.#add(rows, next, open, found).reverse());
    }
    return rows;
  }

  /** Keys of what is called like this, and of the bodies that lead there.
   * @param {string} wanted
   */
  #matching(wanted) {
    /** @type {Set<string>} */
    const keys = new Set();
    const keep = (/** @type {number} */ id) => {
      for (let body = this.#bodies.get(id); body && !keys.has(`body:${body.id}`); body = this.#bodies.get(body.parent)) {
        keys.add(`body:${body.id}`);
      }
    };
    for (const body of this.#facts.bodies) if (nameOf(body).toLowerCase().includes(wanted)) keep(body.id);
    for (const [list, kind] of PARTS) {
      for (const thing of this.#facts[list]) {
        if (!nameOf(thing).toLowerCase().includes(wanted)) continue;
        keys.add(`${kind}:${thing.id}`);
        keep(thing.body);
      }
    }
    return keys;
  }

  /** @param {number} id */
  #inside(id) {
    return (this.#parts.get(id)?.length ?? 0) + (this.#children.get(id)?.length ?? 0);
  }

  /** Add a body and what is in it, and tell which bodies come next.
   * @param {TreeRow[]} rows @param {{id: number, level: number, place: number, of: number}} next
   * @param {Set<string>} open @param {Set<string> | null} found
   */
  #add(rows, { id, level, place, of }, open, found) {
    const body = this.#bodies.get(id);
    if (!body) return [];
    const key = `body:${id}`;
    const shown = (/** @type {string} */ other) => found === null || found.has(other);
    const parts = (this.#parts.get(id) ?? []).filter(({ kind, thing }) => shown(`${kind}:${thing.id}`));
    const children = (this.#children.get(id) ?? []).filter((child) => shown(`body:${child}`));
    const inside = parts.length + children.length;
    const isOpen = inside > 0 && (found !== null || open.has(key));
    const note = body.mocap ? "mocap body" : "body";
    rows.push({ key, kind: "body", id, body: id, label: nameOf(body), note, level, opens: inside > 0, open: isOpen, place, of });
    if (!isOpen) return [];
    parts.forEach(({ kind, thing }, at) =>
      rows.push({
        key: `${kind}:${thing.id}`,
        kind,
        id: thing.id,
        body: id,
        label: nameOf(thing),
        note: thing.type && thing.type !== kind ? `${thing.type} ${kind}` : kind,
        level: level + 1,
        opens: false,
        open: false,
        place: at + 1,
        of: inside,
      }),
    );
    return children.map((child, at) => ({ id: child, level: level + 1, place: parts.length + at + 1, of: inside }));
  }
}

/** Where a key leads from row `at` (WAI-ARIA, tree view pattern): another row, or one to open or close. Null: not ours.
 * @param {TreeRow[]} rows
 * @param {number} at
 * @param {string} key  as `KeyboardEvent.key`
 * @returns {{go: number} | {toggle: string} | {choose: number} | null}
 */
export function treeKey(rows, at, key) {
  const row = rows[at];
  if (!row) return rows.length > 0 && /^(Arrow|Home)/.test(key) ? { go: 0 } : null;
  switch (key) {
    case "ArrowDown":
      return { go: Math.min(rows.length - 1, at + 1) };
    case "ArrowUp":
      return { go: Math.max(0, at - 1) };
    case "Home":
      return { go: 0 };
    case "End":
      return { go: rows.length - 1 };
    case "PageDown":
      return { go: Math.min(rows.length - 1, at + 12) };
    case "PageUp":
      return { go: Math.max(0, at - 12) };
    case "ArrowRight":
      return row.opens ? (row.open ? { go: at + 1 } : { toggle: row.key }) : { go: at };
    case "ArrowLeft": {
      if (row.open) return { toggle: row.key };
      let parent = at;
      while (parent > 0 && rows[parent].level >= row.level) parent -= 1;
      return { go: parent };
    }
    case "Enter":
    case " ":
      return { choose: at };
  }
  if (key.length !== 1 || key === "?" || key === "/") return null;
  for (let step = 1; step <= rows.length; step += 1) {
    const next = (at + step) % rows.length;
    if (rows[next].label.toLowerCase().startsWith(key.toLowerCase())) return { go: next };
  }
  return { go: at };
}
