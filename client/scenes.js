/** Scenes over REST: the list of presets, and loading one for everybody. */

import { MAX_XML_BYTES } from "./messages.js";

/**
 * @typedef {object} Created
 * @property {string} name
 * @property {string} message
 * @property {string[]} understood
 * @property {string[]} ignored
 * @property {Record<string, string>} suggestions
 * @property {Record<string, string>} corrected
 * @property {boolean} edited
 */

/** A refusal in words, with the line of the MJCF where the server knows it. */
export class SceneRefused extends Error {
  /**
   * @param {string} message
   * @param {{hint?: string, line?: number | null, element?: string | null}} [more]
   */
  constructor(message, { hint = "", line = null, element = null } = {}) {
    super(message);
    this.hint = hint;
    this.line = line;
    this.element = element;
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
   * @param {{preset: string} | {xml: string, name?: string}} scene
   */
  async load(scene) {
    if ("xml" in scene) checkXml(scene.xml);
    const sent = "xml" in scene ? { xml: scene.xml } : scene;
    return this.ask("api/scene/load", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
    });
  }

  /** A scene from a sentence, shown to everybody in the room.
   * @param {string} prompt
   * @returns {Promise<Created>}
   */
  async create(prompt) {
    return this.ask("api/scene/create", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ prompt }),
    });
  }

  /**
   * @param {string} path  a thumbnail's, as the server names it
   * @returns {string}
   */
  picture(path) {
    return new URL(path.replace(/^\//, ""), this.#base).href;
  }

  /** The server's answer as JSON. Throws SceneRefused with its words.
   * @param {string} path
   * @param {RequestInit} [options]
   * @returns {Promise<any>}
   */
  async ask(path, options = {}) {
    const response = await this.#fetch(path, options, 60_000);
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
    try {
      return await fetch(new URL(path, this.#base), { ...options, headers, signal: AbortSignal.timeout(timeoutMs) });
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
