/** `?`: every key and gesture, searchable; made from the table that the keys work by. */

import { GESTURES, SHORTCUTS } from "../keys.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { Icon, IconButton } from "./parts.js";

const ALL = [
  ...GESTURES.map((gesture) => ({ ...gesture, group: "Hands", mark: "" })),
  ...SHORTCUTS.map(({ shown, does, group, pictureOnly, clickedOnly }) => ({
    ...{ shown, does, group },
    mark: clickedOnly ? "†" : pictureOnly ? "*" : "",
  })),
];
const COLUMNS = [["Hands", "Bodies", "Simulation", "Camera", "Page"], ["Shown"]];

/** @param {{page: import("../state.js").PageState}} props */
export function Shortcuts({ page }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [search, setSearch] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const words = search.toLowerCase();
  const found = ALL.filter(({ shown, does }) => `${shown} ${does}`.toLowerCase().includes(words));
  return html`<dialog
    ref=${dialog}
    class="card shortcuts"
    aria-label="Shortcuts"
    onClose=${() => (page.shortcuts.value = false)}
  >
    <div class="drawer-head">
      <h2>Shortcuts</h2>
      <${IconButton} icon="x" label="Close" onClick=${() => dialog.current?.close()} />
    </div>
    <label class="search">
      <${Icon} name="search" />
      <input
        type="search"
        placeholder="Search keys"
        aria-label="Search keys"
        value=${search}
        autofocus
        onInput=${(/** @type {any} */ event) => setSearch(event.target.value)}
      />
    </label>
    <div class="groups" tabindex="0" role="region" aria-label="Keys">
      ${COLUMNS.map((groups, index) => {
        const rows = (/** @type {string} */ group) => found.filter((entry) => entry.group === group);
        return html`<div key=${index}>
          ${groups.map((group) => html`<${Group} key=${group} name=${group} rows=${rows(group)} />`)}
        </div>`;
      })}
      ${found.length === 0 && html`<p class="muted">No key does “${search}”.</p>`}
    </div>
    <p class="muted">* while the picture has the focus: click it, or reach it with Tab. † after a click into it; Esc gives
      these back to the browser. Letters and digits work while the picture or nothing has the focus.</p>
  </dialog>`;
}

/** @param {{name: string, rows: typeof ALL}} props */
function Group({ name, rows }) {
  if (rows.length === 0) return null;
  return html`<section>
    <h3>${name}</h3>
    <dl>
      ${rows.map(
        ({ shown, does, mark }) =>
          html`<div key=${shown}>
            <dt><kbd>${shown}</kbd></dt>
            <dd>${does}${mark && html`<span class="muted"> ${mark}</span>`}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
