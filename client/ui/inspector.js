/** Tabs at the right; on a phone the same tabs in a sheet below, with the panels of the rail among them. */

import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { DRAWERS, TABS } from "./panels.js";
import { Icon, IconButton } from "./parts.js";

const SLACK_PX = 4;

/** @typedef {{page: import("../state.js").PageState}} Props */

/** @param {Props} props */
export function Inspector({ page }) {
  const phone = page.layout.value === "phone";
  const tabs = phone ? { ...DRAWERS, ...TABS } : TABS;
  const names = Object.keys(tabs);
  const chosen = page.tab.value in tabs ? page.tab.value : "sim";
  const { panel: Panel } = tabs[chosen];
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => document.getElementById(`tab-${chosen}`)?.scrollIntoView({ block: "nearest", inline: "nearest" }), [chosen, phone]);
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
      <div role="tablist" aria-label="Inspector" ref=${list} onKeyDown=${onKeyDown}>
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
      <${More} list=${list} />
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

/** Where the tabs go on out of view: an arrow at that end, for the pointer; the keyboard walks there by itself.
 * @param {{list: {current: HTMLElement | null}}} props
 */
function More({ list }) {
  const [before, setBefore] = useState(false);
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const tabs = list.current;
    if (!tabs) return undefined;
    const look = () => {
      setBefore(tabs.scrollLeft > SLACK_PX);
      setAfter(tabs.scrollLeft + tabs.clientWidth < tabs.scrollWidth - SLACK_PX);
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(tabs);
    for (const tab of tabs.children) sizes.observe(tab);
    tabs.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      tabs.removeEventListener("scroll", look);
    };
  }, []);
  const arrow = (/** @type {"before" | "after"} */ end) =>
    html`<button
      type="button"
      class=${`more-tabs ${end}`}
      tabindex="-1"
      aria-hidden="true"
      onClick=${() => list.current?.scrollBy({ left: (end === "after" ? 0.7 : -0.7) * list.current.clientWidth })}
    >
      <${Icon} name="chevron-right" />
    </button>`;
  return html`${before && arrow("before")}${after && arrow("after")}`;
}
