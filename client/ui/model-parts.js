/** What the panels about the model share: waiting for its facts, the rest of a long list, a search field. */

import { modelOf } from "../panels/model.js";
import { html, useRef } from "../vendor/preact.js";
import { Icon } from "./parts.js";

/** Why there is nothing to show yet; or, with `list`, how much of that list has not been taken.
 * @param {{page: import("../state.js").PageState, list?: string}} props
 */
export function ModelState({ page, list }) {
  const { details } = modelOf(page);
  const facts = details.facts.value;
  const problem = details.problem.value;
  if (problem) {
    return html`<p class="note bad" role="alert">
      ${problem} <button type="button" class="outlined" onClick=${() => details.load()}>Try again</button>
    </p>`;
  }
  if (!facts) return html`<div class="panel" aria-busy="true"><p class="muted">Loading…</p></div>`;
  const left = list ? (facts.more[list] ?? 0) : 0;
  if (left === 0) return null;
  return html`<button type="button" class="outlined" disabled=${details.loadingMore.value} onClick=${() => details.loadMore()}>
    ${left.toLocaleString("en")} more ${list}: show ${Math.min(left, facts.limit).toLocaleString("en")} of them
  </button>`;
}

/** @param {{what: string, value: string, onInput: (text: string) => void, [more: string]: unknown}} props */
export function Search({ what, value, onInput, ...more }) {
  return html`<label class="search">
    <${Icon} name="search" />
    <input
      type="search"
      placeholder=${`Search ${what}`}
      aria-label=${`Search ${what.replace(/^[\d,]+ /, "")}`}
      value=${value}
      onInput=${(/** @type {any} */ event) => onInput(event.target.value)}
      ...${more}
    />
  </label>`;
}

/** What `make` gave, until one of `of` is another.
 * @template T
 * @param {() => T} make
 * @param {readonly unknown[]} of
 * @returns {T}
 */
export function useMade(make, of) {
  const made = useRef(/** @type {{of: readonly unknown[], value: T} | null} */ (null));
  if (!made.current || made.current.of.some((one, at) => one !== of[at])) made.current = { of, value: make() };
  return made.current.value;
}
