/** MuJoCo's schema of MJCF, as `mjcf-schema.json` has it (`python -m py_remote_viewer.scenes.mjcf_export`). */

/** @typedef {object} Takes  what an attribute takes
 * @property {"keyword" | "number" | "name" | "gives" | "text"} kind
 * @property {string} [of]  `name`: of what kind the thing is; `gives`: the kind of what is named
 * @property {string[]} [values]
 * @property {number} [least]
 * @property {number} [most]
 * @property {boolean} [whole]
 */

/** @typedef {object} Place  one element at its place
 * @property {"!" | "?" | "*" | "R"} times
 * @property {Record<string, number>} attributes  index of what it takes
 * @property {Record<string, string>} children  path of the place by the child's name
 * @property {string[]} [required]
 */

/** @typedef {object} Content
 * @property {string} mujoco
 * @property {Takes[]} types
 * @property {Record<string, Place>} elements
 * @property {{elements: Record<string, string>, attributes: Record<string, string>}} about
 */

export class Schema {
  #content;

  /** @param {Content} content */
  constructor(content) {
    this.#content = content;
  }

  get version() {
    return this.#content.mujoco;
  }

  /** Where the elements of these names, one inside the other, stand; null when one may not stand there.
   * @param {string[]} names  the outermost first
   * @returns {string | null}
   */
  pathOf(names) {
    if (names[0] !== "mujoco") return null;
    let path = "mujoco";
    for (const name of names.slice(1)) {
      const next = this.#content.elements[path].children[name];
      if (next === undefined) return null;
      path = next;
    }
    return path;
  }

  /** @param {string} path */
  place(path) {
    return this.#content.elements[path];
  }

  /** @param {string} path @param {string} attribute @returns {Takes | null} */
  takes(path, attribute) {
    const index = this.#content.elements[path]?.attributes[attribute];
    return index === undefined ? null : this.#content.types[index];
  }

  /** What an element is for; empty where nothing was written about it.
   * @param {string} path
   */
  aboutElement(path) {
    const { elements } = this.#content.about;
    return elements[path] ?? elements[lastName(path)] ?? "";
  }

  /** @param {string} path @param {string} attribute */
  aboutAttribute(path, attribute) {
    const { attributes } = this.#content.about;
    return attributes[`${lastName(path)}@${attribute}`] ?? attributes[attribute] ?? "";
  }
}

/** @param {string} path */
const lastName = (path) => path.slice(path.lastIndexOf("/") + 1);

/** @type {Promise<Schema> | null} */
let loading = null;

/** The schema, fetched once; a failure is tried again by the next call.
 * @returns {Promise<Schema>}
 */
export function loadSchema() {
  loading ??= fetch(new URL("../mjcf-schema.json", import.meta.url))
    .then((answer) => {
      if (!answer.ok) throw new Error(`the schema could not be loaded: ${answer.status}`);
      return answer.json();
    })
    .then((content) => new Schema(content));
  loading.catch(() => (loading = null));
  return loading;
}

/** What an attribute takes, in words.
 * @param {Takes} takes
 */
export function inWords(takes) {
  switch (takes.kind) {
    case "keyword":
      return `One of: ${(takes.values ?? []).join(", ")}`;
    case "name":
      return `Name of a ${takes.of === "class" ? "default class" : takes.of}`;
    case "gives":
      return takes.of === "class" ? "Name of this default class" : `Name of this ${takes.of}; unique among its kind`;
    case "number": {
      const what = takes.whole ? "whole number" : "number";
      const least = takes.least ?? 1;
      if (takes.most === undefined) return `${least > 1 ? `${least} or more` : "Any count of"} ${what}s`;
      if (takes.most === 1) return `A ${what}`;
      return least === takes.most ? `${least} ${what}s` : `${least} to ${takes.most} ${what}s`;
    }
    default:
      return "";
  }
}
