/** Every flag, group, label and frame that MuJoCo can show, with simulate's keys. For everybody in the room. */

import { FLAGS, FRAMES, GROUP_KINDS, LABELS } from "../look-table.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { NumberField } from "./number-field.js";
import { Choice, Icon, Section } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {import("../messages.js").Look} Look */

/** @type {[string, string[]][]} */
const SECTIONS = [
  ["Model", ["texture", "static", "skin", "transparent", "convexhull", "flexvert", "flexedge", "flexface", "flexskin"]],
  ["Joints and forces", ["joint", "actuator", "activation", "tendon", "constraint", "inertia", "sclinertia", "com", "autoconnect"]],
  ["Contacts and hands", ["contactpoint", "contactforce", "contactsplit", "island", "pertforce", "pertobj", "select"]],
  ["Cameras, lights, sensors", ["camera", "light", "rangefinder"]],
  ["Bounding volumes", ["bodybvh", "meshbvh", "sdfiter"]],
  ["Rendering", []],
];
const KNOWN = new Set(SECTIONS.flatMap(([, names]) => names));
const LABEL_TITLES = /** @type {Record<string, string>} */ ({
  selpnt: "Selected point",
  contactpoint: "Contact point",
  contactforce: "Contact force",
  constraint: "Equality",
});

/** @param {Props} props */
export function LookFlags({ page }) {
  const [search, setSearch] = useState("");
  useEffect(() => void loadStyles("hands.css"), []);
  const look = page.looks.look.value;
  if (!look) return null;
  const words = search.trim().toLowerCase();
  const matches = (/** @type {import("../look-table.js").Flag} */ flag) =>
    words === "" || flag.title.toLowerCase().includes(words) || flag.key.toLowerCase() === words;
  const of = (/** @type {string} */ title, /** @type {string[]} */ names) =>
    FLAGS.filter((flag) => names.includes(flag.name) || (title === "Rendering" && !KNOWN.has(flag.name))).filter(matches);
  const found = SECTIONS.map(([title, names]) => ({ title, flags: of(title, names) })).filter(({ flags }) => flags.length > 0);
  return html`<${Section} title="Shown" aside=${html`<button type="button" class="small" onClick=${() => page.looks.reset()}>
        <${Icon} name="rotate-ccw" />Defaults
      </button>`}>
      <label class="search">
        <${Icon} name="search" />
        <input
          type="search"
          placeholder=${`Search ${FLAGS.length} flags, or a key`}
          aria-label="Search flags"
          value=${search}
          onInput=${(/** @type {any} */ event) => setSearch(event.target.value)}
        />
      </label>
      ${found.map(
        ({ title, flags }) =>
          html`<div class="flags" role="group" key=${title} aria-label=${title}>
            <h3>${title}</h3>
            ${flags.map((flag) => html`<${FlagSwitch} key=${flag.name} page=${page} look=${look} flag=${flag} />`)}
          </div>`,
      )}
      ${found.length === 0 && html`<p class="muted">No flag is called “${search}”.</p>`}
    <//>
    <${Section} title="Groups"><${GroupTable} page=${page} look=${look} /><//>
    <${Section} title="Labels and frames">
      <${Modes} page=${page} look=${look} what="label" modes=${LABELS} title="Labels" keys="F7" />
      <${Modes} page=${page} look=${look} what="frame" modes=${FRAMES} title="Frames" keys="F6" />
      <div class="row">
        <${Whole} label="Tree depth" value=${look.tree_depth} set=${(/** @type {number} */ tree_depth) => page.looks.choose({ tree_depth })} />
        <${Whole} label="Flex layer" value=${look.flex_layer} set=${(/** @type {number} */ flex_layer) => page.looks.choose({ flex_layer })} />
      </div>
    <//>
    <${Section} title="Headlight">
      <${Choice}
        label="Headlight"
        options=${[
          ["model", "As the model"],
          ["on", "On"],
          ["off", "Off"],
        ]}
        value=${look.headlight}
        onChoose=${(/** @type {any} */ headlight) => page.looks.choose({ headlight })}
      />
    <//>`;
}

/** @param {{page: import("../state.js").PageState, look: Look, flag: import("../look-table.js").Flag}} props */
function FlagSwitch({ page, look, flag }) {
  const name = /** @type {keyof Look["flags"]} */ (flag.name);
  const hidden = look.hidden.includes(/** @type {any} */ (name));
  const level = page.status.value?.quality.level ?? "";
  return html`<label class="check">
    <input type="checkbox" checked=${look.flags[name]} onChange=${() => page.looks.toggle(flag.name)} />
    <span>${flag.title}${hidden && html` <span class="tag warn" title="Choose a better picture quality to see it">not at ${level}</span>`}</span>
    ${flag.key && html`<kbd>${flag.key}</kbd>`}
  </label>`;
}

/** @param {{page: import("../state.js").PageState, look: Look}} props */
function GroupTable({ page, look }) {
  return html`<div class="group-table" role="table" aria-label="Groups">
    ${GROUP_KINDS.map(
      (kind) =>
        html`<div role="row" key=${kind}>
          <span role="rowheader">${kind}</span>
          ${look.groups[kind].map(
            (shown, index) =>
              html`<span role="cell" key=${index}
                ><button
                  type="button"
                  aria-label=${`${kind} group ${index}`}
                  aria-pressed=${String(shown)}
                  onClick=${() => page.looks.toggleGroup(kind, index)}
                >
                  ${index}
                </button></span
              >`,
          )}
        </div>`,
    )}
  </div>`;
}

/** @param {{page: import("../state.js").PageState, look: Look, what: "label" | "frame", modes: readonly string[], title: string,
 *   keys: string}} props */
function Modes({ page, look, what, modes, title, keys }) {
  return html`<label class="field">
    <span>${title} <kbd>${keys}</kbd></span>
    <select
      value=${look[what]}
      onChange=${(/** @type {any} */ event) => page.looks.choose({ [what]: event.target.value })}
    >
      ${modes.map(
        (mode) =>
          html`<option key=${mode} value=${mode} selected=${mode === look[what]}>
            ${LABEL_TITLES[mode] ?? `${mode[0].toUpperCase()}${mode.slice(1)}`}
          </option>`,
      )}
    </select>
  </label>`;
}

/** @param {{label: string, value: number, set: (value: number) => void}} props */
function Whole({ label, value, set }) {
  return html`<span class="inline">
    <span class="muted" aria-hidden="true">${label}</span>
    <${NumberField} label=${label} value=${value} min=${0} max=${20} set=${(/** @type {number} */ next) => set(Math.round(next))} />
  </span>`;
}
