/** A panel whose code comes when it is first shown, so that the page stands before its rarer panels are here. */

import { html, useEffect, useState } from "../vendor/preact.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {(props: Props) => import("../vendor/preact.js").VNode} Panel */

/**
 * @param {() => Promise<Panel>} load  for example `() => import("./look-tab.js").then((module) => module.LookTab)`
 * @returns {Panel}
 */
export function lazy(load) {
  /** @type {Panel | null} */
  let panel = null;
  return function Lazy({ page }) {
    const [, drawAgain] = useState(0);
    const [problem, setProblem] = useState("");
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      if (panel) return;
      let gone = false;
      load().then(
        (loaded) => {
          panel = loaded;
          if (!gone) drawAgain(1);
        },
        () => gone || setProblem("This panel could not be loaded from the server."),
      );
      return () => {
        gone = true;
      };
    }, [attempt]);
    if (panel) return html`<${panel} page=${page} />`;
    if (!problem) return html`<div class="panel" aria-busy="true"><p class="muted">Loading…</p></div>`;
    const again = () => {
      setProblem("");
      setAttempt(attempt + 1);
    };
    return html`<div class="panel">
      <p class="note bad" role="alert">${problem} <button type="button" class="outlined" onClick=${again}>Try again</button></p>
    </div>`;
  };
}
