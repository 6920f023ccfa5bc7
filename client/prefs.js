/** What a browser remembers of a person's choices, as signals. A browser that forbids storage forgets, and works. */

import { signal } from "./vendor/preact.js";

const PREFIX = "remote-viewer.";

/**
 * @template T
 * @param {string} key
 * @param {T} initial  also says which type is taken back
 * @returns {import("./vendor/preact.js").Signal<T>}
 */
export function stored(key, initial) {
  const kept = signal(read(key, initial));
  let first = true;
  kept.subscribe((value) => {
    if (first) first = false;
    else write(key, value);
  });
  return kept;
}

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
