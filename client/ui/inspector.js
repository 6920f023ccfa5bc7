/** Tabs at the right; on a phone the same tabs in a sheet below, with the panels of the rail among them. */

import { html } from "../vendor/preact.js";
import { DRAWERS, TABS } from "./panels.js";
import { IconButton } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

/** @param {Props} props */
export function Inspector({ page }) {
  const phone = page.layout.value === "phone";
  const tabs = phone ? { ...DRAWERS, ...TABS } : TABS;
  const names = Object.keys(tabs);
  const chosen = page.tab.value in tabs ? page.tab.value : "sim";
  const { panel: Panel } = tabs[chosen];
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = names[(names.indexOf(chosen) + by + names.length) % names.length];
    page.tab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
    event.preventDefault();
  };
  return html`<aside class=${phone ? "side sheet" : "side"} aria-label="Inspector">
    <div class="tabs">
      <div role="tablist" aria-label="Inspector" onKeyDown=${onKeyDown}>
        ${names.map(
          (name) =>
            html`<button
              type="button"
              role="tab"
              key=${name}
              id=${`tab-${name}`}
              aria-selected=${String(name === chosen)}
              aria-controls="tab-panel"
              tabindex=${name === chosen ? 0 : -1}
              onClick=${() => (page.tab.value = name)}
            >
              ${tabs[name].label}
            </button>`,
        )}
      </div>
      ${
        page.layout.value === "medium" &&
        html`<${IconButton} icon="x" label="Close the inspector" onClick=${() => (page.slideOver.value = "")} />`
      }
    </div>
    <div id="tab-panel" role="tabpanel" class="pane" tabindex="0" aria-labelledby=${`tab-${chosen}`}>
      <fieldset disabled=${!(chosen in DRAWERS) && !page.controls.value}><${Panel} key=${chosen} page=${page} /></fieldset>
    </div>
  </aside>`;
}
