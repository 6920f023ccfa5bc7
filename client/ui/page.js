/** The whole page, put together. */

import { html, useLayoutEffect, useRef } from "../vendor/preact.js";
import { Hud } from "./hud.js";
import { Inspector } from "./inspector.js";
import { lazy } from "./lazy.js";
import { Overlays } from "./overlays.js";
import { Icon } from "./parts.js";
import { Rail, railOpen } from "./rail.js";
import { StatusLine } from "./status-line.js";
import { Tools } from "./tools.js";
import { TopBar } from "./top-bar.js";
import { Transport } from "./transport.js";

const Shortcuts = lazy(() => import("./shortcuts.js").then((module) => module.Shortcuts));
const Profiler = lazy(() => import("./profiler.js").then((module) => module.Profiler));
const SensorBars = lazy(() => import("./sensor-bars.js").then((module) => module.SensorBars));

/**
 * @param {object} props
 * @param {import("../state.js").PageState} props.page
 * @param {HTMLElement} props.picture  holds the <video>; made before the page, so that it can connect before
 * @param {import("../vendor/preact.js").Signal<boolean>} props.dropping
 */
export function Page({ page, picture, dropping }) {
  const layout = page.layout.value;
  const side = layout === "phone" || (layout === "wide" ? page.inspector.value : page.slideOver.value === "inspector");
  const classes = ["page", layout, side ? "with-side" : "", railOpen(page) ? "with-drawer" : ""].join(" ");
  return html`<div class=${classes}>
    <${TopBar} page=${page} />
    ${layout !== "phone" && html`<${Rail} page=${page} />`}
    <${View} page=${page} picture=${picture} />
    ${side && html`<${Inspector} page=${page} />`}
    <${Transport} page=${page} />
    <${StatusLine} page=${page} />
    ${page.shortcuts.value && html`<div class="floating"><${Shortcuts} page=${page} /></div>`}
    ${
      dropping.value &&
      html`<div class="drop">
        <${Icon} name="upload" />
        <p>Drop a model to show it to everybody: .xml, .urdf, .mjb, .zip, or its whole folder</p>
      </div>`
    }
  </div>`;
}

/** @param {{page: import("../state.js").PageState, picture: HTMLElement}} props */
function View({ page, picture }) {
  const slot = useRef(/** @type {HTMLElement | null} */ (null)); // Preact leaves what is inside alone
  useLayoutEffect(() => {
    picture.tabIndex = 0;
    picture.setAttribute("role", "application");
    picture.setAttribute("aria-describedby", "keys-help");
    slot.current?.append(picture);
  }, []);
  const title = page.scene.value?.title;
  useLayoutEffect(() => picture.setAttribute("aria-label", title ? `Simulation: ${title}` : "Simulation"), [title]);
  const dimmed = page.stale.value || (page.phase.value.name !== "live" && !page.phase.value.picture);
  return html`<main class=${dimmed ? "view dimmed" : "view"}>
    <div class="slot" ref=${slot}></div>
    <p id="keys-help" class="visually-hidden">
      Shift and arrows turn the camera, arrow up and down zoom, Space plays and pauses, question mark lists all keys.
    </p>
    <${Tools} page=${page} />
    <${Hud} page=${page} />
    ${page.profiler.value && html`<${Profiler} page=${page} />`} ${page.sensorBars.value && html`<${SensorBars} page=${page} />`}
    <${Overlays} page=${page} />
  </main>`;
}
