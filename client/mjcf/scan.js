/** MJCF as tags, also while it is being written and is no XML yet: what stands where, and what is around a place. Pure. */

/** @typedef {{name: string, from: number, to: number, value: string, valueFrom: number, valueTo: number}} Attribute  value: without its quotes; valueFrom is -1 where there is none yet */

/** @typedef {object} Tag
 * @property {string} name
 * @property {number} from  of its `<`
 * @property {number} to  behind its `>`, or where it ends without one
 * @property {"open" | "close" | "empty"} kind
 * @property {boolean} ended  it has its `>`
 * @property {Attribute[]} attributes
 * @property {number} parent  index of the tag around it; -1 for none
 */

/** @typedef {object} Spot  what is being written at a place
 * @property {"element" | "attribute" | "value" | "content"} kind
 * @property {number} from  of the word that is begun there
 * @property {number} to
 * @property {number} tag  index of the tag that the place is in; -1 in content
 * @property {number} parent  index of the tag around that; -1 for none
 * @property {Attribute | null} attribute
 */

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[?!][^>]*(?:>|$)|<(\/?)([\w:.-]*)((?:"[^"<]*"?|'[^'<]*'?|[^<>"'])*)(>?)/g;
const ATTRIBUTE = /([\w:.-]+)(?:\s*=\s*(?:"([^"<]*)"?|'([^'<]*)'?)?)?/dg;

/** Every tag, in order.
 * @param {string} text
 * @returns {Tag[]}
 */
export function scan(text) {
  /** @type {Tag[]} */
  const tags = [];
  /** @type {number[]} */
  const around = [];
  for (const token of text.matchAll(TOKEN)) {
    if (token[2] === undefined) continue; // a comment and the like
    const [all, slash, name, inside, end] = token;
    const from = token.index;
    const kind = slash ? "close" : inside.endsWith("/") ? "empty" : "open";
    const attributes = slash ? [] : attributesIn(inside, from + 1 + name.length);
    if (kind === "close") {
      const opened = around.findLastIndex((index) => tags[index].name === name);
      if (opened >= 0) around.length = opened;
    }
    tags.push({ name, from, to: from + all.length, kind, ended: end !== "", attributes, parent: around.at(-1) ?? -1 });
    if (kind === "open") around.push(tags.length - 1);
  }
  return tags;
}

/** @param {string} text @param {number} offset @returns {Attribute[]} */
function attributesIn(text, offset) {
  return [...text.matchAll(ATTRIBUTE)].map((match) => {
    const at = /** @type {any} */ (match).indices;
    const [valueFrom, valueTo] = at[2] ?? at[3] ?? [-1 - offset, -1 - offset];
    const [from, to] = at[0];
    return {
      name: match[1],
      from: from + offset,
      to: to + offset,
      value: match[2] ?? match[3] ?? "",
      valueFrom: valueFrom + offset,
      valueTo: valueTo + offset,
    };
  });
}

/** What is being written at `at`.
 * @param {string} text
 * @param {Tag[]} tags  of the text
 * @param {number} at
 * @returns {Spot}
 */
export function spotAt(text, tags, at) {
  const index = lastBefore(tags, at);
  const tag = tags[index];
  if (!tag || (tag.ended ? at >= tag.to : at > tag.to)) {
    const parent = !tag ? -1 : tag.kind === "open" ? index : tag.parent;
    return { kind: "content", from: at, to: at, tag: -1, parent, attribute: null };
  }
  const base = { tag: index, parent: tag.parent };
  const nameFrom = tag.from + (tag.kind === "close" ? 2 : 1);
  if (at <= nameFrom + tag.name.length) {
    return { ...base, kind: "element", from: nameFrom, to: nameFrom + tag.name.length, attribute: null };
  }
  const attribute = tag.attributes.find((one) => one.from <= at && at <= one.to) ?? null;
  if (attribute && attribute.valueFrom >= 0 && at >= attribute.valueFrom && at <= attribute.valueTo) {
    return { ...base, kind: "value", from: attribute.valueFrom, to: attribute.valueTo, attribute };
  }
  if (attribute && at <= attribute.from + attribute.name.length) {
    return { ...base, kind: "attribute", from: attribute.from, to: attribute.from + attribute.name.length, attribute };
  }
  const wordless = /\s/.test(text[at - 1] ?? " ");
  return { ...base, kind: wordless ? "attribute" : "content", from: at, to: at, attribute: null };
}

/** The last tag that begins before `at`; -1 for none.
 * @param {Tag[]} tags @param {number} at
 */
function lastBefore(tags, at) {
  let low = 0;
  let high = tags.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tags[middle].from < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Names of the tags around `index`, the outermost first, its own last.
 * @param {Tag[]} tags @param {number} index
 */
export function pathOf(tags, index) {
  const names = [];
  for (let at = index; at >= 0; at = tags[at].parent) names.unshift(tags[at].name);
  return names;
}
