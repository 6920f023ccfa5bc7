/** F3: simulate's profiler. Time of a step by phase, constraints, the solver's convergence, what is awake. */

import { modelOf } from "../panels/model.js";
import { PHASES, numbersOf, phasesOf, stacked } from "../panels/profile.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { IconButton } from "./parts.js";
import { COLOURS, Plot } from "./plot.js";

const FIELDS = [
  ...["timer_ms", "ne", "nf", "nl", "nefc", "ncon", "solver_iterations", "solver_gradient", "solver_improvement"],
  ...["nbody_awake", "nv_awake"],
];
const SAMPLES = 200;
const HEIGHT_PX = 96;
const SMALLEST = 1e-15; // what the logarithm of nothing is shown as

/** @type {{title: string, names: string[], stack?: boolean, read: (frame: import("../panels/live-values.js").Frame) => (number | null)[]}[]} */
const FIGURES = [
  {
    title: "One step, ms",
    names: [...PHASES.map(([, name]) => name), "rest"],
    stack: true,
    read: (frame) => stacked(phasesOf(frame.array("timer_ms") ?? [])),
  },
  {
    title: "Constraints",
    names: ["all", "equality", "friction", "limit", "contacts"],
    read: (frame) => numbersOf(frame, ["nefc", "ne", "nf", "nl", "ncon"]),
  },
  {
    title: "Dimensions",
    names: ["dofs awake", "bodies awake", "solver iterations"],
    read: (frame) => numbersOf(frame, ["nv_awake", "nbody_awake", "solver_iterations"]),
  },
];

/** @param {{page: import("../state.js").PageState}} props */
export function Profiler({ page }) {
  const [styled, setStyled] = useState(false);
  const places = useRef(/** @type {(HTMLElement | null)[]} */ ([]));
  useEffect(
    () => void Promise.all([loadStyles("panels.css"), loadStyles("vendor/uplot.css")]).then(() => setStyled(true)),
    [],
  );
  useEffect(() => (styled ? draw(page, places.current) : undefined), [styled]);
  if (!styled) return html`<section class="hidden-until-styled" aria-label="Profiler"></section>`;
  const figures = [...FIGURES, { title: "Convergence, log₁₀", names: ["gradient", "improvement"] }];
  return html`<section class="overlay profiler" aria-label="Profiler">
    <${IconButton} icon="x" label="Close the profiler" keys="F3" onClick=${() => (page.profiler.value = false)} />
    ${figures.map(
      ({ title, names }, at) =>
        html`<figure key=${title}>
          <figcaption>${title}</figcaption>
          <div class="plot-canvas" ref=${(/** @type {HTMLElement | null} */ element) => (places.current[at] = element)}></div>
          <ul class="profiler-key">
            ${names.map((name, index) => html`<li key=${name}><i class=${`plot-swatch plot-${(index % COLOURS) + 1}`}></i>${name}</li>`)}
          </ul>
        </figure>`,
    )}
  </section>`;
}

/** @param {import("../state.js").PageState} page @param {(HTMLElement | null)[]} places @returns {() => void} ends it */
function draw(page, places) {
  const plots = [...FIGURES.map(({ names, stack }) => ({ curves: names.length, filled: stack })), { curves: 2, dots: true }].map(
    ({ curves, ...options }, at) =>
      new Plot(/** @type {HTMLElement} */ (places[at]), new Array(curves).fill(""), HEIGHT_PX, options),
  );
  /** @type {(number | null)[][][]} for each figure, for each curve, its samples; null where one was not sent yet */
  const kept = FIGURES.map(({ names }) => names.map(() => []));
  /** @type {import("../panels/live-values.js").Frame | null} */
  let newest = null;
  const paint = () => {
    const frame = newest;
    newest = null;
    if (!frame) return;
    FIGURES.forEach((_, at) => {
      const length = kept[at][0].length;
      plots[at].show(Array.from({ length }, (_unused, index) => index - length), kept[at], [-SAMPLES, 0]);
    });
    const curves = ["solver_gradient", "solver_improvement"].map((field) =>
      (frame.array(field) ?? []).map((value) => Math.log10(Math.max(SMALLEST, value ?? 0))),
    );
    const length = Math.max(1, curves[0].length);
    plots[FIGURES.length].show(Array.from({ length }, (_unused, index) => index + 1), curves, [1, Math.max(2, length)]);
  };
  const want = modelOf(page).values.want({
    fields: FIELDS,
    hz: 20,
    show: (frame) => {
      FIGURES.forEach(({ read }, at) =>
        read(frame).forEach((value, curve) => {
          const samples = kept[at][curve];
          samples.push(value);
          if (samples.length > SAMPLES) samples.shift();
        }),
      );
      if (!newest) requestAnimationFrame(paint);
      newest = frame;
    },
  });
  return () => {
    want.release();
    plots.forEach((plot) => plot.destroy());
  };
}
