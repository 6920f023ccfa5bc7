/** What simulate's info overlay says: sizes, contacts, solver, energy, memory. Part of F2. */

import { modelOf } from "../panels/model.js";
import { readable } from "../panels/scales.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { Facts } from "./parts.js";

const FIELDS = [
  ...["ncon", "nefc", "nisland", "nv_awake", "solver_iterations", "solver_gradient", "energy", "contact_force", "timer_ms"],
  ...["maxuse_arena", "narena", "warnings"],
];
const HZ = 4;

/** @param {{page: import("../state.js").PageState}} props */
export function Info({ page }) {
  const { details, values } = modelOf(page);
  const sizes = details.facts.value?.sizes;
  const [frame, setFrame] = useState(/** @type {import("../panels/live-values.js").Frame | null} */ (null));
  useEffect(() => {
    const want = values.want({ fields: FIELDS, hz: HZ, show: setFrame });
    return () => want.release();
  }, []);
  if (!frame || !sizes) return html`<dl aria-busy="true"></dl>`;
  const gradient = frame.array("solver_gradient")?.at(-1);
  const warnings = (frame.array("warnings") ?? []).reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0);
  const mega = (/** @type {string} */ field) => (frame.number(field) / 2 ** 20).toFixed(1);
  /** @type {[string, unknown][]} */
  const rows = [
    ["time", `${frame.timeS.toFixed(3)} s`],
    ["bodies · dofs", `${sizes.nbody} · ${sizes.nv}`],
    ["contacts", frame.number("ncon")],
    ["constraints", frame.number("nefc")],
    ["islands", frame.number("nisland")],
    ["solver", `${frame.number("solver_iterations")} it${gradient ? ` · 1e${Math.log10(gradient).toFixed(1)}` : ""}`],
    ["contact force", `${readable(frame.number("contact_force"))} N`],
    ["energy", `${readable(frame.number("energy") + frame.number("energy", 1))} J`],
    ["one step", `${frame.number("timer_ms").toFixed(3)} ms`],
    ["memory", `${mega("maxuse_arena")} of ${mega("narena")} MB`],
  ];
  if (warnings > 0) rows.push(["warnings", warnings]);
  return html`<${Facts} rows=${rows} label="Physics" plain />`;
}
