/** A slider for every hinge and slide joint, the numbers of the others, and the switches of equality constraints. */

import { modelOf } from "../panels/model.js";
import { jointSlider, nameOf } from "../panels/scales.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { ModelState, Search } from "./model-parts.js";
import { Section } from "./parts.js";
import { Sliders } from "./sliders.js";
import { VirtualList } from "./virtual-list.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const SEARCH_FROM = 10;
const SWITCH_HEIGHT = 40;

/** @param {Props} props */
export function JointsTab({ page }) {
  const facts = modelOf(page).details.facts.value;
  const [search, setSearch] = useState("");
  useEffect(() => void loadStyles("panels.css"), []);
  if (!facts) return html`<${ModelState} page=${page} />`;
  const wanted = search.toLowerCase();
  const joints = facts.joints.filter((joint) => nameOf(joint).toLowerCase().includes(wanted));
  const rows = joints.map(rowOf);
  const all = facts.sizes.njnt;
  return html`<div class="panel">
    <${Section} title="Joints" aside=${`${all}`}>
      ${all >= SEARCH_FROM && html`<${Search} what=${`${all} joints`} value=${search} onInput=${setSearch} />`}
      ${all === 0 && html`<p class="muted">Nothing in this model can move by itself.</p>`}
      <${Sliders}
        key=${`${facts.scene_id} ${wanted}`}
        page=${page}
        array="qpos"
        size=${facts.sizes.nq}
        rows=${rows}
        send=${(/** @type {[number, number][]} */ values) => page.send({ type: "set_qpos", values })}
      />
      <${ModelState} page=${page} list="joints" />
    <//>
    ${facts.sizes.neq > 0 && html`<${Equalities} key=${facts.scene_id} page=${page} facts=${facts} />`}
  </div>`;
}

/** @param {import("../panels/facts.js").Joint} joint */
function rowOf(joint) {
  if (joint.type === "hinge" || joint.type === "slide") return jointSlider(joint);
  const free = joint.type === "free";
  return {
    label: nameOf(joint),
    text: free ? "x y z · w x y z" : "w x y z",
    note: `${joint.type} · qpos[${joint.qposadr}:${joint.qposadr + (free ? 7 : 4)}]`,
    index: joint.qposadr,
    count: free ? 7 : 4,
  };
}

/** @param {Props & {facts: import("../panels/facts.js").Facts}} props */
function Equalities({ page, facts }) {
  const [active, setActive] = useState(/** @type {(number | null)[]} */ ([]));
  const before = useRef("");
  useEffect(() => {
    const count = Math.min(facts.sizes.neq, 1024);
    const want = modelOf(page).values.want({
      fields: [`eq_active[0:${count}]`],
      hz: 5,
      show: (frame) => {
        const now = frame.array(`eq_active[0:${count}]`);
        if (!now || String(now) === before.current) return;
        before.current = String(now);
        setActive(now);
      },
    });
    return () => want.release();
  }, []);
  return html`<${Section} title="Equality constraints" aside=${`${facts.sizes.neq}`}>
    <${VirtualList}
      count=${facts.equalities.length}
      rowHeight=${SWITCH_HEIGHT}
      row=${(/** @type {number} */ at) => {
        const equality = facts.equalities[at];
        const on = active[at] === undefined ? equality.active0 : Boolean(active[at]);
        const between = equality.objects.map(nameOf).join(" – ");
        return html`<label class="check equality" key=${at} style=${{ height: `${SWITCH_HEIGHT}px` }} title=${equality.type}>
          <input
            type="checkbox"
            checked=${on}
            onChange=${(/** @type {any} */ event) => page.send({ type: "set_equality", index: at, active: event.target.checked })}
          />
          <span>${equality.name || between || `#${at}`}</span>
          <span class="muted">${equality.type}${equality.name && between ? ` · ${between}` : ""}</span>
        </label>`;
      }}
    />
  <//>`;
}
