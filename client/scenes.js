/** Scenes over REST: the list of presets, and loading one for everybody. */

import { MAX_XML_BYTES } from "./messages.js";
import { forPeople } from "./words.js";

/**
 * @typedef {object} Created
 * @property {string} name
 * @property {string} message
 * @property {string[]} understood
 * @property {string[]} ignored
 * @property {Record<string, string>} suggestions
 * @property {Record<string, string>} corrected
 * @property {boolean} edited
 * @property {"grammar" | "llm"} engine  who read the words
 */

/** The scene that the room shows, with its text; null where it was loaded compiled.
 * @typedef {{scene_id: number, name: string, title: string, preset: string | null, xml: string | null, by: string | null}} RunningScene
 */

/** @typedef {{name: string, scene_id: number, warnings: string[], kept: import("./messages.js").KeptPose | null}} Loaded */
/** @typedef {import("./messages.js").Problem} Problem */
/** @typedef {import("./messages.js").SceneSizes} Sizes */
/** @typedef {{preset: string} | {xml: string, name?: string, keep_pose?: boolean, based_on?: number} | {upload: string, root?: string}} Wanted */

const DOWNLOAD_MS = 900_000; // a robot may have to come over a slow line first

/** A refusal in words, with the line of the MJCF where the server knows it. */
export class SceneRefused extends Error {
  /**
   * @param {string} message
   * @param {{code?: string, hint?: string, line?: number | null, element?: string | null, [detail: string]: unknown}} [more]
   */
  constructor(message, { code = "", hint = "", line = null, element = null, ...details } = {}) {
    super(message);
    this.code = code;
    this.hint = forPeople(hint);
    this.line = line;
    this.element = element;
    this.details = details;
  }
}

export class SceneLibrary {
  #base;
  #token;

  /**
   * @param {URL} base  where the server's `/` is
   * @param {() => string | null} token
   */
  constructor(base, token) {
    this.#base = base;
    this.#token = token;
  }

  /** @returns {Promise<import("./messages.js").PresetInfo[]>} */
  async presets() {
    const body = await this.ask("api/scene/presets", {});
    return body.presets ?? [];
  }

  /** Load for everybody in the room; resolves when the room has it.
   * @param {Wanted} scene
   * @returns {Promise<Loaded>}
   */
  async load(scene) {
    if ("xml" in scene) checkXml(scene.xml);
    return this.#post("api/scene/load", scene, undefined, DOWNLOAD_MS);
  }

  /** What the room shows now.
   * @returns {Promise<RunningScene>}
   */
  async current() {
    return this.ask("api/scene/current");
  }

  /** All that is wrong with a text; shows nothing.
   * @param {string} xml
   * @param {string} asker  a newer text under the same name takes the place of this one
   * @param {number | undefined} basedOn  scene_id that it was made from, whose files it may name
   * @param {AbortSignal} signal
   * @returns {Promise<import("./messages.js").CheckedScene>}
   */
  async check(xml, asker, basedOn, signal) {
    const wanted = { xml, asker, based_on: basedOn };
    const { problems, warnings, sizes } = await this.#post("api/scene/check", wanted, signal);
    const said = problems.map((/** @type {Problem} */ problem) => ({ ...problem, hint: forPeople(problem.hint) }));
    return { problems: said, warnings, sizes };
  }

  /** A scene from a sentence, shown to everybody in the room.
   * @param {string} prompt
   * @returns {Promise<Created>}
   */
  async create(prompt) {
    return this.#post("api/scene/create", { prompt });
  }

  /**
   * @param {string} path  a thumbnail's, as the server names it
   * @returns {string}
   */
  picture(path) {
    return new URL(path.replace(/^\//, ""), this.#base).href;
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @param {AbortSignal} [signal]
   * @param {number} [timeoutMs]
   */
  async #post(path, body, signal, timeoutMs) {
    const headers = { "Content-Type": "application/json" };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body), signal }, timeoutMs);
  }

  /** The server's answer as JSON. Throws SceneRefused with its words.
   * @param {string} path
   * @param {RequestInit} [options]
   * @param {number} [timeoutMs]
   * @returns {Promise<any>}
   */
  async ask(path, options = {}, timeoutMs = 60_000) {
    const response = await this.#fetch(path, options, timeoutMs);
    const body = await response.json().catch(() => ({}));
    if (!response.ok || body.success === false) throw refused(body, response.status);
    return body;
  }

  /** The server's answer as a file, with the name that it gives it. Throws SceneRefused with its words.
   * @param {string} path
   */
  async file(path) {
    const response = await this.#fetch(path, {}, 130_000);
    if (!response.ok) throw refused(await response.json().catch(() => ({})), response.status);
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
    return { blob: await response.blob(), name: name ? name[1] : "file" };
  }

  /**
   * The JSON of an answer; throws SceneRefused.
   * @param {string} path
   * @param {RequestInit} options
   * @param {number} timeoutMs
   */
  async #fetch(path, options, timeoutMs) {
    const headers = new Headers(options.headers);
    const token = this.#token();
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const limits = [AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])];
    try {
      return await fetch(new URL(path, this.#base), { ...options, headers, signal: AbortSignal.any(limits) });
    } catch {
      throw new SceneRefused("The server could not be reached.", { hint: "Try again when the connection is back." });
    }
  }
}

/**
 * @param {any} body
 * @param {number} status
 */
function refused(body, status) {
  const { message, ...more } = body.error ?? {};
  return new SceneRefused(message ?? body.message ?? `The server answered ${status}.`, more);
}

/** @param {string} xml */
export function checkXml(xml) {
  const size = new Blob([xml]).size;
  if (size > MAX_XML_BYTES) {
    const [is, most] = [size, MAX_XML_BYTES].map((bytes) => (bytes / 1e6).toFixed(1));
    throw new SceneRefused(`This scene has ${is} MB; at most ${most} MB are taken.`, { hint: "Leave out what is not needed." });
  }
  if (!/<mujoco[\s>]/.test(xml)) {
    throw new SceneRefused("This is no MJCF: there is no <mujoco> element.", { hint: "A scene begins with <mujoco>." });
  }
}
