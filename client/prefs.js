/** What a browser remembers of a person's choices, as signals. A browser that forbids storage forgets, and works. */

import { signal } from "./vendor/preact.js";

const PREFIX = "remote-viewer.";

/**
 * @template T
 * @param {string} key
 * @param {T} initial  also says which type is taken back
 * @param {T | null} [asked]  what the address asks for: it comes first, and is not remembered until it is changed
 * @returns {import("./vendor/preact.js").Signal<T>}
 */
export function stored(key, initial, asked = null) {
  const kept = signal(asked ?? read(key, initial));
  let first = true;
  kept.subscribe((value) => {
    if (first) first = false;
    else write(key, value);
  });
  return kept;
}

/** Whether the address wants something left out: `?left=0` the list of panels, `?right=0` the inspector.
 * @param {string} name
 */
export const leftOut = (name) => new URL(location.href).searchParams.get(name) === "0";

/**
 * @template T
 * @param {string} key
 * @param {T} initial
 * @returns {T}
 */
function read(key, initial) {
  try {
    const value = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    return typeof value === typeof initial && value !== null ? value : initial;
  } catch {
    return initial;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function write(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // private mode: the choice lasts as long as the page
  }
}
