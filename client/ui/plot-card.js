/** One plot: its curves with their values now, and the list to choose them from. */

import { modelOf } from "../panels/model.js";
import { boardOf, MOST_CURVES } from "../panels/plot-board.js";
import { readable } from "../panels/scales.js";
import { findSeries } from "../panels/series.js";
import { effect, html, useEffect, useRef, useState } from "../vendor/preact.js";
import { Search } from "./model-parts.js";
import { IconButton } from "./parts.js";
import { COLOURS, Plot } from "./plot.js";

const HEIGHT_PX = 130;
const MOST_LISTED = 80;
const NUMBERS_EVERY_MS = 100;

/** @typedef {{page: import("../state.js").PageState, at: number, ids: string[]}} Props */

/** @param {Props} props */
export function PlotCard({ page, at, ids }) {
  const board = boardOf(page);
  const [choosing, setChoosing] = useState(ids.length === 0);
  const canvas = useRef(/** @type {HTMLElement | null} */ (null));
  const numbers = useRef(/** @type {Map<string, HTMLElement>} */ (new Map()));
  const series = board.series.value;
  const shown = ids.filter((id) => series.has(id));
  const key = shown.map((id) => `${id} ${series.get(id)?.unit}`).join(" ");
  useEffect(() => {
    if (!canvas.current || shown.length === 0) return;
    const plot = new Plot(
      canvas.current,
      shown.map((id) => series.get(id)?.unit ?? ""),
      HEIGHT_PX,
    );
    let told = 0;
    const stop = board.onPaint(() => {
      const { recorder } = board;
      const first = recorder.firstIn(board.windowS.peek());
      const end = recorder.times.at(-1) ?? 0;
      const columns = shown.map((id) => recorder.columns.get(id) ?? []);
      plot.show(
        recorder.times.slice(first),
        columns.map((column) => column.slice(first)),
        [end - board.windowS.peek(), end],
      );
      if (performance.now() - told < NUMBERS_EVERY_MS) return;
      told = performance.now();
      shown.forEach((id, index) => {
        const element = numbers.current.get(id);
        if (element) element.textContent = readable(columns[index].at(-1));
      });
    });
    const resized = new ResizeObserver(() => plot.fit());
    resized.observe(canvas.current);
    const system = matchMedia("(prefers-color-scheme: light)");
    const recolour = () => plot.recolour();
    system.addEventListener("change", recolour);
    const themed = effect(() => void (page.theme.value && requestAnimationFrame(recolour)));
    return () => {
      stop();
      themed();
      system.removeEventListener("change", recolour);
      resized.disconnect();
      plot.destroy();
    };
  }, [key]);
  const units = [...new Set(shown.map((id) => series.get(id)?.unit))];
  return html`<section class="plot" aria-label=${`Plot ${at + 1}`}>
    <div class="plot-head">
      <h3>Plot ${at + 1}</h3>
      <${IconButton}
        icon="plus"
        label="Choose curves"
        aria-expanded=${String(choosing)}
        onClick=${() => setChoosing(!choosing)}
      />
      <${IconButton} icon="x" label=${`Remove plot ${at + 1}`} onClick=${() => board.removePlot(at)} />
    </div>
    ${
      ids.length > 0 &&
      html`<ul class="plot-curves">
        ${ids.map((id) => {
          const found = series.get(id);
          const colour = `plot-swatch plot-${(shown.indexOf(id) % COLOURS) + 1}`;
          return html`<li key=${id} class=${found ? "" : "muted"}>
            <i class=${colour} aria-hidden="true"></i>
            <span class="plot-label" title=${id}>${found?.label ?? id.split(":").slice(1).join(" ")}</span>
            ${
              found
                ? html`<b
                      ref=${(/** @type {HTMLElement | null} */ element) =>
                        element ? numbers.current.set(id, element) : numbers.current.delete(id)}
                      >—</b
                    ><small>${found.unit}</small>`
                : html`<small>not in this scene</small>`
            }
            <button type="button" class="plot-remove" aria-label=${`Remove ${found?.label ?? id}`} onClick=${() => board.toggle(at, id)}>
              ×
            </button>
          </li>`;
        })}
      </ul>`
    }
    ${choosing && html`<${Chooser} page=${page} at=${at} ids=${ids} />`}
    ${shown.length > 0 && html`<div class="plot-canvas" ref=${canvas} role="img" aria-label=${`Curves over time, ${units.join(", ") || "no unit"}`}></div>`}
  </section>`;
}

/** @param {Props} props */
function Chooser({ page, at, ids }) {
  const [search, setSearch] = useState("");
  const facts = modelOf(page).details.facts.value;
  if (!facts) return null;
  const { groups, left } = findSeries(facts, search, MOST_LISTED);
  const full = ids.length >= MOST_CURVES;
  return html`<div class="plot-choose">
    <${Search} what="curves" value=${search} onInput=${setSearch} />
    <div class="list">
      ${groups.map(
        ({ title, series }) =>
          html`<div key=${title} role="group" aria-label=${title}>
            <p class="list-title">${title}</p>
            ${series.map(
              ({ id, label, unit }) =>
                html`<button
                  type="button"
                  key=${id}
                  aria-pressed=${String(ids.includes(id))}
                  disabled=${full && !ids.includes(id)}
                  onClick=${() => boardOf(page).toggle(at, id)}
                >
                  <span class="plot-label">${label}</span><small>${unit}</small>
                </button>`,
            )}
          </div>`,
      )}
      ${groups.length === 0 && html`<p class="muted">Nothing is called “${search}”.</p>`}
      ${left > 0 && html`<p class="muted">${left.toLocaleString("en")} more: search for one by its name.</p>`}
    </div>
    ${full && html`<p class="muted">A plot shows ${MOST_CURVES} curves at most.</p>`}
  </div>`;
}
