/** Over the left edge of the picture: what a drag does, teleoperation, and which body is selected. */

import { html } from "../vendor/preact.js";
import { lazy } from "./lazy.js";
import { IconButton } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const TeleopPanel = lazy(() => import("./teleop-panel.js").then((module) => module.TeleopPanel));
const HOW = {
  free: "Ctrl + drag turns it, Ctrl + right drag pulls it.",
  mocap: "Ctrl + right drag moves it.",
  joints: "Ctrl + drag turns it, Ctrl + right drag pulls it.",
  fixed: "It is fixed to the world.",
};

/** @param {Props} props */
export function Tools({ page }) {
  if (page.phase.value.name === "connecting" || page.phase.value.name === "refused") return null;
  const actuators = page.model.value?.nu ?? 0;
  const teleop = page.teleop.value && actuators > 0;
  return html`<div class="tools">
      <${IconButton}
        icon="hand"
        label="Direct drag: a drag that starts on a body pulls it"
        aria-pressed=${String(page.directDrag.value)}
        onClick=${() => (page.directDrag.value = !page.directDrag.value)}
      />
      ${
        actuators > 0 &&
        html`<${IconButton}
          icon="gamepad-2"
          label="Teleoperation: keys and gamepad drive the actuators"
          keys="Ctrl Enter"
          aria-pressed=${String(teleop)}
          onClick=${() => (page.teleop.value = !page.teleop.value)}
        />`
      }
    </div>
    <div class="hands">
      ${teleop && html`<${TeleopPanel} page=${page} />`}
      <${Selected} page=${page} />
    </div>`;
}

/** @param {Props} props */
function Selected({ page }) {
  const selection = page.selection.value;
  if (!selection) return null;
  const tracked = page.status.value?.camera.mode === "tracking" && page.status.value.camera.target === selection.body;
  const follow = () =>
    page.send(tracked ? { type: "set_camera", mode: "free" } : { type: "set_camera", mode: "tracking", target: selection.body });
  const held = selection.held_by !== null && selection.held_by !== page.welcome.value?.peer_id;
  return html`<section class="selected" aria-label="Selected body" title=${HOW[selection.moves]}>
    <p>
      <b>${selection.body}</b>
      <span>${mass(selection.mass_kg)}${held ? " · held by somebody" : selection.moves === "fixed" ? " · fixed" : ""}</span>
    </p>
    <${IconButton} icon="crosshair" label="Follow it" aria-pressed=${String(tracked)} onClick=${follow} />
    <${IconButton} icon="x" label="Select nothing" keys="Esc" onClick=${() => page.send({ type: "select", body: null })} />
  </section>`;
}

/** @param {number} kg */
function mass(kg) {
  if (kg === 0) return "no mass";
  return kg < 1 ? `${Number((kg * 1000).toPrecision(3))} g` : `${Number(kg.toPrecision(4))} kg`;
}
