/** What a browser keeps of the editor: text that is not applied yet, and the versions that were, for each room.
 *
 * Bounded in count and size. A browser that forbids storage keeps nothing, and the editor works.
 */

export const MOST_VERSIONS = 20;
const MOST_CHARS = 1_500_000; // of all versions; browsers give about 5 million in all

/** @typedef {{text: string, base: string}} Draft  base: `fingerprint` of the text that it was made from */
/** @typedef {{at: number, title: string, text: string, applied: boolean}} Version  at: ms since 1970 */

export class Drafts {
  #storage;
  #prefix;

  /** @param {Storage | null} storage @param {string} room */
  constructor(storage, room) {
    this.#storage = storage;
    this.#prefix = `remote-viewer.editor.${room}.`;
  }

  /** @returns {Draft | null} */
  get draft() {
    const { text, base } = this.#read("draft") ?? {};
    return typeof text === "string" && typeof base === "string" ? { text, base } : null;
  }

  /** Keep it, or null: forget it. False when the browser has no room for it.
   * @param {Draft | null} draft
   */
  keep(draft) {
    if (draft === null) return this.#write("draft", null);
    // What is being written counts more than what once was.
    return this.#write("draft", draft) || (this.#write("versions", null) && this.#write("draft", draft));
  }

  /** Newest first.
   * @returns {Version[]}
   */
  get versions() {
    const kept = this.#read("versions");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.text === "string" && typeof one?.at === "number") : [];
  }

  /** Add one; the oldest go when there are too many. The same text again moves to the front.
   * @param {Version} version
   */
  add(version) {
    const kept = [version];
    let chars = version.text.length;
    for (const one of this.versions) {
      chars += one.text.length;
      if (one.text === version.text) chars -= one.text.length;
      else if (kept.length < MOST_VERSIONS && chars <= MOST_CHARS) kept.push(one);
    }
    while (!this.#write("versions", kept) && kept.length > 1) kept.length = Math.ceil(kept.length / 2);
  }

  /** @param {string} name @returns {any} */
  #read(name) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#prefix + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {unknown} value */
  #write(name, value) {
    try {
      if (value === null) this.#storage?.removeItem(this.#prefix + name);
      else this.#storage?.setItem(this.#prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

/** Tells texts apart; short, so that it can be kept beside a draft (FNV-1a, twice, 32 bits each).
 * @param {string} text
 */
export function fingerprint(text) {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + at;
  }
  return `${text.length}-${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}
