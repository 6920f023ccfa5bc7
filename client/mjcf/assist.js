/** What may be written at a place of MJCF, and what stands there means: completion and hover. Pure. */

import { pathOf, scan, spotAt } from "./scan.js";
import { inWords } from "./schema.js";

/** @typedef {import("./schema.js").Schema} Schema */
/** @typedef {import("./scan.js").Tag} Tag */

/** @typedef {object} Option
 * @property {string} label
 * @property {"element" | "attribute" | "keyword" | "name"} type
 * @property {string} insert
 * @property {number} back  how far the cursor goes back from behind what was inserted
 * @property {string} [detail]  beside the label
 * @property {string} [info]  a sentence
 * @property {number} [boost]
 */

/** @typedef {{from: number, to: number, options: Option[]}} Completions */

/** Without a name these are called like their file. */
const NAMED_BY_FILE = new Set(["mujoco/asset/mesh", "mujoco/asset/hfield", "mujoco/asset/texture"]);

/** Most that a document is scanned for at each key; larger ones get no completion. */
const MOST_CHARS = 400_000;

/** What may be written at `at`; null where nothing is known.
 * @param {Schema} schema
 * @param {string} text
 * @param {number} at
 * @param {boolean} asked  by Ctrl+Space, not by typing
 * @returns {Completions | null}
 */
export function completionsAt(schema, text, at, asked) {
  if (text.length > MOST_CHARS) return null;
  const tags = scan(text);
  const spot = spotAt(text, tags, at);
  switch (spot.kind) {
    case "content":
      return asked && text[at - 1] !== "<" ? elements(schema, tags, spot.parent, at, at, "<") : null;
    case "element":
      if (tags[spot.tag].kind === "close") return closing(tags, spot);
      return elements(schema, tags, spot.parent, spot.from, spot.to, "");
    case "attribute": // not before a letter is typed: Enter shall break the line there
      return asked || spot.from < at ? attributes(schema, tags, spot, text) : null;
    case "value":
      return values(schema, tags, spot);
  }
}

/** @param {Schema} schema @param {Tag[]} tags @param {number} parent @param {number} from @param {number} to @param {string} before @returns {Completions | null} */
function elements(schema, tags, parent, from, to, before) {
  if (parent < 0) return { from, to, options: [{ label: "mujoco", type: "element", insert: `${before}mujoco`, back: 0 }] };
  const path = schema.pathOf(pathOf(tags, parent));
  if (path === null) return null;
  const place = schema.place(path);
  const there = new Set(tags.filter((tag) => tag.parent === parent && tag.kind !== "close" && tag.from !== from - 1).map((tag) => tag.name));
  /** @type {Option[]} */
  const options = Object.entries(place.children)
    .filter(([name, child]) => schema.place(child).times !== "?" || !there.has(name))
    .map(([name, child]) => ({
      label: name,
      type: "element",
      insert: before + name,
      back: 0,
      info: schema.aboutElement(child),
    }));
  const name = tags[parent].name;
  options.push({ label: `/${name}`, type: "element", insert: `${before}/${name}>`, back: 0, boost: -50, detail: "close" });
  return { from, to, options };
}

/** @param {Tag[]} tags @param {import("./scan.js").Spot} spot @returns {Completions | null} */
function closing(tags, spot) {
  const open = tags[spot.parent]; // a name that is not yet written to its end closes nothing
  if (!open) return null;
  return { from: spot.from, to: spot.to, options: [{ label: open.name, type: "element", insert: `${open.name}>`, back: 0 }] };
}

/** @param {Schema} schema @param {Tag[]} tags @param {import("./scan.js").Spot} spot @param {string} text @returns {Completions | null} */
function attributes(schema, tags, spot, text) {
  const path = schema.pathOf(pathOf(tags, spot.tag));
  const tag = tags[spot.tag];
  if (path === null || tag.kind === "close") return null;
  const place = schema.place(path);
  const there = new Set(tag.attributes.map((one) => one.name));
  if (spot.attribute) there.delete(spot.attribute.name);
  const hasValue = /^\s*=/.test(text.slice(spot.to, spot.to + 20));
  const options = Object.keys(place.attributes)
    .filter((name) => !there.has(name))
    .map((name) => {
      const takes = schema.takes(path, name);
      const required = place.required?.includes(name) ?? false;
      return /** @type {Option} */ ({
        label: name,
        type: "attribute",
        insert: hasValue ? name : `${name}=""`,
        back: hasValue ? 0 : 1,
        detail: required ? "required" : undefined,
        info: [schema.aboutAttribute(path, name), takes ? inWords(takes) : ""].filter(Boolean).join("\n"),
        boost: required ? 20 : 0,
      });
    });
  return { from: spot.from, to: spot.to, options };
}

/** @param {Schema} schema @param {Tag[]} tags @param {import("./scan.js").Spot} spot @returns {Completions | null} */
function values(schema, tags, spot) {
  const path = schema.pathOf(pathOf(tags, spot.tag));
  const attribute = spot.attribute;
  if (path === null || !attribute) return null;
  const takes = schema.takes(path, attribute.name);
  if (takes?.kind === "keyword") {
    const options = (takes.values ?? []).map((value) => /** @type {Option} */ ({ label: value, type: "keyword", insert: value, back: 0 }));
    return { from: spot.from, to: spot.to, options };
  }
  const kind = takes?.kind === "name" ? takes.of : objectKind(tags[spot.tag], attribute.name);
  if (!kind) return null;
  const found = namesIn(schema, tags).get(kind) ?? new Map();
  const options = [...found].map(([name, tag]) => /** @type {Option} */ ({ label: name, type: "name", insert: name, back: 0, detail: tag.name }));
  return { from: spot.from, to: spot.to, options };
}

/** Sensors and tuples say of what type the thing is that they name.
 * @param {Tag} tag @param {string} attribute
 */
function objectKind(tag, attribute) {
  const typed = { objname: "objtype", refname: "reftype" }[attribute];
  const type = tag.attributes.find((one) => one.name === typed)?.value ?? "";
  return type === "xbody" ? "body" : type;
}

/** Every name that the text gives, by the kind of what has it.
 * @param {Schema} schema
 * @param {Tag[]} tags
 * @returns {Map<string, Map<string, Tag>>}
 */
export function namesIn(schema, tags) {
  /** @type {Map<string, Map<string, Tag>>} */
  const kinds = new Map();
  /** @type {(string | null)[]} */
  const paths = [];
  tags.forEach((tag, index) => {
    const around = tag.parent < 0 ? "" : paths[tag.parent];
    paths[index] = tag.parent < 0 ? schema.pathOf([tag.name]) : around ? (schema.place(around).children[tag.name] ?? null) : null;
    const path = paths[index];
    if (!path || tag.kind === "close") return;
    const file = tag.attributes.find(({ name }) => name === "file")?.value;
    if (file && NAMED_BY_FILE.has(path) && !tag.attributes.some(({ name }) => name === "name")) {
      const stem = file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
      kinds.set(tag.name, (kinds.get(tag.name) ?? new Map()).set(stem, tag));
    }
    for (const { name, value } of tag.attributes) {
      const takes = value === "" ? null : schema.takes(path, name);
      if (takes?.kind !== "gives" || !takes.of) continue;
      const kind = kinds.get(takes.of) ?? new Map();
      kinds.set(takes.of, kind.set(value, tag));
    }
  });
  return kinds;
}

/** What stands at `at`, in words; null where there is nothing to say.
 * @param {Schema} schema
 * @param {string} text
 * @param {number} at
 * @returns {{from: number, to: number, title: string, lines: string[]} | null}
 */
export function explainAt(schema, text, at) {
  if (text.length > MOST_CHARS) return null;
  const tags = scan(text);
  const spot = spotAt(text, tags, at);
  const tag = tags[spot.tag];
  if (!tag || spot.from === spot.to) return null;
  const path = schema.pathOf(pathOf(tags, spot.tag));
  if (path === null) return null;
  if (spot.kind === "element" && tag.kind !== "close") {
    const place = schema.place(path);
    const lines = [schema.aboutElement(path)];
    if (place.times === "?") lines.push("At most once.");
    if (place.required) lines.push(`Needs: ${place.required.join(", ")}.`);
    return said(spot, `<${tag.name}>`, lines);
  }
  if (!spot.attribute) return null;
  const takes = schema.takes(path, spot.attribute.name);
  if (!takes) return null;
  if (spot.kind === "value" && takes.kind === "name") {
    const there = namesIn(schema, tags).get(takes.of ?? "")?.get(spot.attribute.value);
    if (!there) return null;
    return said(spot, spot.attribute.value, [`<${there.name}> in line ${lineOf(text, there.from)}`]);
  }
  return said(spot, `${tag.name} · ${spot.attribute.name}`, [schema.aboutAttribute(path, spot.attribute.name), inWords(takes)]);
}

/** @param {import("./scan.js").Spot} spot @param {string} title @param {string[]} lines */
function said({ from, to }, title, lines) {
  const kept = lines.filter(Boolean);
  return kept.length > 0 ? { from, to, title, lines: kept } : null;
}

/** @param {string} text @param {number} at */
const lineOf = (text, at) => text.slice(0, at).split("\n").length;
