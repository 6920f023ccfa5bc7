/** Tabs at the right; on a phone the same tabs in a sheet below, with the scenes among them. */

import { html } from "../vendor/preact.js";
import { CameraTab } from "./camera-tab.js";
import { LookTab } from "./look-tab.js";
import { IconButton } from "./parts.js";
import { ScenesPanel } from "./scenes-panel.js";
import { SimTab } from "./sim-tab.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const TABS = {
  scenes: { label: "Scenes", panel: ScenesPanel },
  sim: { label: "Sim", panel: SimTab },
  camera: { label: "Camera", panel: CameraTab },
  look: { label: "Look", panel: LookTab },
};
/** @typedef {keyof typeof TABS} TabName */

/** @param {Props} props */
export function Inspector({ page }) {
  const phone = page.layout.value === "phone";
  const names = /** @type {TabName[]} */ (Object.keys(TABS).filter((name) => phone || name !== "scenes"));
  const chosen = names.find((name) => name === page.tab.value) ?? "sim";
  const { panel: Panel } = TABS[chosen];
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
              ${TABS[name].label}
            </button>`,
        )}
      </div>
      ${
        page.layout.value === "medium" &&
        html`<${IconButton} icon="x" label="Close the inspector" onClick=${() => (page.slideOver.value = "")} />`
      }
    </div>
    <div id="tab-panel" role="tabpanel" class="pane" tabindex="0" aria-labelledby=${`tab-${chosen}`}>
      <fieldset disabled=${chosen !== "scenes" && !page.controls.value}><${Panel} page=${page} /></fieldset>
    </div>
  </aside>`;
}
