/** The icons at the left, and the panel that one of them opens. */

import { html } from "../vendor/preact.js";
import { IconButton } from "./parts.js";
import { ScenesPanel } from "./scenes-panel.js";

/** @param {import("../state.js").PageState} page */
export function railOpen(page) {
  return page.layout.value === "wide" ? page.rail.value : page.slideOver.value === "rail";
}

/** @param {{page: import("../state.js").PageState}} props */
export function Rail({ page }) {
  const open = railOpen(page);
  const toggle = () => {
    if (page.layout.value === "wide") page.rail.value = !page.rail.value;
    else page.slideOver.value = open ? "" : "rail";
  };
  return html`<nav class="rail" aria-label="Panels">
      <${IconButton} icon="layout-grid" label="Scenes" aria-pressed=${String(open)} onClick=${toggle} />
      <span class="grow"></span>
      <${IconButton} icon="keyboard" label="Shortcuts" keys="?" onClick=${() => (page.shortcuts.value = true)} />
    </nav>
    ${
      open &&
      html`<section class="drawer" aria-label="Scenes">
        <div class="drawer-head">
          <h2>Scenes</h2>
          <${IconButton} icon="x" label="Close the scenes" onClick=${toggle} />
        </div>
        <div class="pane"><${ScenesPanel} page=${page} /></div>
      </section>`
    }`;
}
