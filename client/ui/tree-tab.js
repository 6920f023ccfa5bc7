/** Bodies and what is in them; the selected one in both directions: a click here shows in the picture, and a pick there here. */

import { modelOf } from "../panels/model.js";
import { nameOf, readable } from "../panels/scales.js";
import { loadStyles } from "../panels/styles.js";
import { ModelTree, treeKey } from "../panels/tree.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { fixed } from "../words.js";
import { ModelState, Search, useMade } from "./model-parts.js";
import { Facts, Icon, Section } from "./parts.js";
import { VirtualList } from "./virtual-list.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const INDENT_PX = 14;
const MOST_INDENT = 10;

/** @param {Props} props */
export function TreeTab({ page }) {
  const facts = modelOf(page).details.facts.value;
  useEffect(() => void loadStyles("panels.css"), []);
  if (!facts) return html`<${ModelState} page=${page} />`;
  return html`<div class="panel tree-panel">
    <${Selected} page=${page} facts=${facts} />
    <${Section} title="Bodies" aside=${facts.sizes.nbody.toLocaleString("en")}>
      <${Tree} key=${facts.scene_id} page=${page} facts=${facts} />
      <${ModelState} page=${page} list="bodies" />
    <//>
  </div>`;
}

/** @param {Props & {facts: import("../panels/facts.js").Facts}} props */
function Tree({ page, facts }) {
  const tree = useMade(() => new ModelTree(facts), [facts]);
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(() => tree.firstOpen());
  const [current, setCurrent] = useState("body:0");
  const [reveal, setReveal] = useState("");
  const own = useRef(-1); // what was selected here is in view already
  const rows = useMade(() => tree.rows(open, search), [tree, open, search]);
  const selected = page.selection.value?.id ?? -1;
  useEffect(() => {
    if (selected < 0 || selected === own.current) return;
    setOpen((before) => new Set([...before, ...tree.leadingTo(selected)]));
    setCurrent(`body:${selected}`);
    setReveal(`body:${selected}`);
  }, [selected, tree]);
  const toggle = (/** @type {string} */ key) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const choose = (/** @type {import("../panels/tree.js").TreeRow} */ row) => {
    own.current = row.body;
    setCurrent(row.key);
    page.send({ type: "select", body: `#${row.body}` });
  };
  const at = rows.findIndex(({ key }) => key === current);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const act = treeKey(rows, at, event.key);
    if (!act) return;
    event.preventDefault();
    if ("toggle" in act) toggle(act.toggle);
    else if ("choose" in act) choose(rows[act.choose]);
    else {
      setCurrent(rows[act.go].key);
      setReveal(rows[act.go].key);
    }
  };
  const height = matchMedia("(pointer: coarse)").matches ? 40 : 26;
  return html`<${Search} what=${`${facts.sizes.nbody} bodies and what is in them`} value=${search} onInput=${setSearch} />
    ${rows.length === 0 && html`<p class="muted">Nothing is called “${search}”.</p>`}
    <${VirtualList}
      count=${rows.length}
      rowHeight=${height}
      reveal=${reveal ? rows.findIndex(({ key }) => key === reveal) : -1}
      attributes=${{
        role: "tree",
        tabindex: 0,
        "aria-label": "Bodies",
        "aria-activedescendant": at >= 0 ? `tree-${rows[at].key}` : undefined,
        onKeyDown,
      }}
      row=${(/** @type {number} */ index) => {
        const row = rows[index];
        const isSelected = row.kind === "body" && row.id === selected;
        return html`<div
          key=${row.key}
          id=${`tree-${row.key}`}
          role="treeitem"
          class=${row.key === current ? "tree-row current" : "tree-row"}
          style=${{ height: `${height}px`, paddingLeft: `${Math.min(row.level - 1, MOST_INDENT) * INDENT_PX}px` }}
          aria-level=${row.level}
          aria-posinset=${row.place}
          aria-setsize=${row.of}
          aria-expanded=${row.opens ? String(row.open) : undefined}
          aria-selected=${String(isSelected)}
          onClick=${() => choose(row)}
        >
          <span
            class=${row.open ? "tree-fold open" : "tree-fold"}
            onClick=${(/** @type {Event} */ event) => {
              if (!row.opens) return;
              event.stopPropagation();
              toggle(row.key);
            }}
            >${row.opens && html`<${Icon} name="chevron-right" />`}</span
          >
          <span class="tree-name">${row.label}</span>
          <span class="tree-note">${row.note}</span>
        </div>`;
      }}
    />`;
}

/** A selected body that is on a page of the model that has not been taken: what the status says of it.
 * @param {import("../messages.js").SelectionStatus | null} selection
 */
function farBody(selection) {
  if (!selection) return null;
  const { body, id, mass_kg, subtree_mass_kg } = selection;
  return { id, name: body, mass: mass_kg, subtree_mass: subtree_mass_kg, inertia: [] };
}

/** Mass, inertia and place of the selected body; the place follows it.
 * @param {Props & {facts: import("../panels/facts.js").Facts}} props
 */
function Selected({ page, facts }) {
  const selection = page.selection.value;
  const id = selection?.id ?? -1;
  const body = facts.bodies.find((one) => one.id === id) ?? farBody(selection);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const turn = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!body) return;
    const [xpos, xquat] = [`xpos[${3 * id}:${3 * id + 3}]`, `xquat[${4 * id}:${4 * id + 4}]`];
    const want = modelOf(page).values.want({
      fields: [xpos, xquat],
      hz: 15,
      show: (frame) => {
        const words = (/** @type {string} */ field) => frame.array(field)?.map((value) => fixed(value ?? NaN, 3));
        if (place.current) place.current.textContent = words(xpos)?.join("  ") ?? "—";
        if (turn.current) turn.current.textContent = words(xquat)?.join("  ") ?? "—";
      },
    });
    return () => want.release();
  }, [id, facts.scene_id]);
  if (!body) {
    return html`<p class="muted tree-hint">Nothing is selected. Click a body here, or double-click it in the picture.</p>`;
  }
  return html`<${Section} title="Selected" aside=${nameOf(body)}>
    <${Facts}
      rows=${[
        ["Mass", `${readable(body.mass)} kg`],
        ["With all that hangs on it", `${readable(body.subtree_mass)} kg`],
        ["Inertia, kg·m²", body.inertia.map(readable).join("  ") || "—"],
        ["Position, m", html`<span ref=${place}>—</span>`],
        ["Quaternion, w x y z", html`<span ref=${turn}>—</span>`],
      ]}
    />
    <button type="button" class="outlined" onClick=${() => page.send({ type: "select", body: null })}>Select nothing</button>
  <//>`;
}
