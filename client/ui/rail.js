/** The icons at the left, and the panel that one of them opens. */

import { html } from "../vendor/preact.js";
import { DRAWERS } from "./panels.js";
import { IconButton } from "./parts.js";

/** Which panel of the rail is open; empty for none.
 * @param {import("../state.js").PageState} page
 */
export function railOpen(page) {
  const name = page.layout.value === "wide" ? page.rail.value : page.slideOver.value;
  return name in DRAWERS ? name : "";
}

/** @param {{page: import("../state.js").PageState}} props */
export function Rail({ page }) {
  const open = railOpen(page);
  /** @param {string} name */
  const toggle = (name) => {
    const next = open === name ? "" : name;
    if (page.layout.value === "wide") page.rail.value = next;
    else page.slideOver.value = next;
  };
  const { label, panel: Panel, wide = false } = DRAWERS[open] ?? {};
  return html`<nav class="rail" aria-label="Panels">
      ${Object.entries(DRAWERS).map(
        ([name, drawer]) =>
          html`<${IconButton}
            key=${name}
            icon=${drawer.icon}
            label=${drawer.label}
            aria-pressed=${String(open === name)}
            onClick=${() => toggle(name)}
          />`,
      )}
      <span class="grow"></span>
      <${IconButton} icon="keyboard" label="Shortcuts" keys="?" onClick=${() => (page.shortcuts.value = true)} />
    </nav>
    ${
      open &&
      html`<section class=${wide ? "drawer wide" : "drawer"} aria-label=${label}>
        <div class="drawer-head">
          <h2>${label}</h2>
          <${IconButton} icon="x" label=${`Close ${label}`} onClick=${() => toggle(open)} />
        </div>
        <div class="pane"><${Panel} key=${open} page=${page} /></div>
      </section>`
    }`;
}
