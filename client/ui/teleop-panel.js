/** Teleoperation while it is on: what moves, by which key, and which actuator each axis drives. Kept per scene in this browser. */

import { TeleopDrive } from "../teleop-drive.js";
import { loadStyles } from "../panels/styles.js";
import { AXES, autoMapping, mappingFrom } from "../teleop.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { IconButton } from "./parts.js";

const PREFIX = "remote-viewer.teleop.";

/** @param {{page: import("../state.js").PageState}} props */
export function TeleopPanel({ page }) {
  const [drive] = useState(() => new TeleopDrive((message) => page.send(message)));
  const [editing, setEditing] = useState(false);
  const [names, setNames] = useState(/** @type {string[]} */ ([]));
  const scene = page.scene.value?.name ?? "";
  const actuators = page.model.value?.nu ?? 0;
  const [mapping, setMapping] = useState(() => mappingFrom(read(scene), actuators));
  useEffect(() => {
    void loadStyles("hands.css");
    page.teleoperate = (event, down) => drive.key(event, down);
    return () => {
      page.teleoperate = null;
      drive.stop();
    };
  }, []);
  useEffect(() => {
    setMapping(mappingFrom(read(scene), actuators));
    let gone = false;
    void page.actuatorNames().then((found) => gone || setNames(found));
    return () => {
      gone = true;
    };
  }, [scene, actuators]);
  drive.mapping = mapping;
  /** @param {import("../teleop.js").Mapping} next */
  const change = (next) => {
    drive.letGo();
    setMapping(next);
    write(scene, next);
  };
  const axes = drive.axes.value;
  return html`<section class=${editing ? "teleop editing" : "teleop"} aria-label="Teleoperation">
    <header>
      <b>Teleop</b>
      <span class="from">${drive.padName.value ? "gamepad" : "keys"}</span>
      <${IconButton}
        icon="settings"
        label="Change the mapping"
        aria-pressed=${String(editing)}
        onClick=${() => setEditing(!editing)}
      />
      <${IconButton} icon="x" label="End teleoperation" keys="Ctrl Enter" onClick=${() => (page.teleop.value = false)} />
    </header>
    <ul>
      ${AXES.filter(({ name }) => editing || mapping[name].actuator >= 0).map(({ name, title }) => {
        const { actuator, scale } = mapping[name];
        return html`<li key=${name}>
          <span class="axis">${title}</span>
          <span class="deflection" aria-hidden="true"><i style=${{ left: `${50 + axes[name] * 46}%` }}></i></span>
          ${
            editing
              ? html`<${Edit}
                  title=${title}
                  drive=${mapping[name]}
                  names=${names}
                  actuators=${actuators}
                  change=${(/** @type {import("../teleop.js").Drive} */ next) => change({ ...mapping, [name]: next })}
                />`
              : html`<span class="name">${scale < 0 ? "−" : ""}${names[actuator] ?? `#${actuator}`}</span>`
          }
        </li>`;
      })}
    </ul>
    ${editing && html`<button type="button" class="outlined" onClick=${() => change(autoMapping(actuators))}>Automatic mapping</button>`}
  </section>`;
}

/** @param {{title: string, drive: import("../teleop.js").Drive, names: string[], actuators: number,
 *   change: (next: import("../teleop.js").Drive) => void}} props */
function Edit({ title, drive, names, actuators, change }) {
  const { actuator, scale } = drive;
  return html`<span class="edit">
    <select
      aria-label=${`${title}: actuator`}
      onChange=${(/** @type {any} */ event) => change({ actuator: Number(event.target.value), scale })}
    >
      <option value="-1" selected=${actuator < 0}>nothing</option>
      ${Array.from(
        { length: Math.min(actuators, 256) },
        (_, index) => html`<option key=${index} value=${index} selected=${index === actuator}>${names[index] ?? `#${index}`}</option>`,
      )}
    </select>
    <select
      aria-label=${`${title}: strength`}
      onChange=${(/** @type {any} */ event) => change({ actuator, scale: Number(event.target.value) })}
    >
      ${[1, 0.5, 0.25, -0.25, -0.5, -1].map(
        (share) => html`<option key=${share} value=${share} selected=${share === scale}>${`${share * 100} %`.replace("-", "−")}</option>`,
      )}
    </select>
  </span>`;
}

/** @param {string} scene */
function read(scene) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + scene) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} scene @param {import("../teleop.js").Mapping} mapping */
function write(scene, mapping) {
  try {
    localStorage.setItem(PREFIX + scene, JSON.stringify(mapping));
  } catch {
    // private mode: the mapping lasts as long as the page
  }
}
