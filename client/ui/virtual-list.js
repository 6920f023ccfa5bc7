/** A long list of which only what is in view is in the page. Rows have one height; the pane around it scrolls. */

import { html, useLayoutEffect, useRef, useState } from "../vendor/preact.js";

const MARGIN_PX = 240;

/**
 * @param {object} props
 * @param {number} props.count
 * @param {number} props.rowHeight  px
 * @param {(index: number) => unknown} props.row
 * @param {(first: number, last: number) => void} [props.onRange]  what is in the page now, `last` excluded
 * @param {number} [props.reveal]  bring this row into view when it changes; -1: none
 * @param {Record<string, unknown>} [props.attributes]  of the list's element
 */
export function VirtualList({ count, rowHeight, row, onRange, reveal = -1, attributes = {} }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [[first, last], setRange] = useState(/** @type {[number, number]} */ ([0, 30]));
  const measure = () => {
    const element = list.current;
    const pane = element?.closest(".pane");
    if (!element || !pane) return;
    const above = pane.getBoundingClientRect().top - element.getBoundingClientRect().top;
    const from = Math.max(0, Math.floor((above - MARGIN_PX) / rowHeight));
    const to = Math.max(from, Math.ceil((above + pane.clientHeight + MARGIN_PX) / rowHeight));
    setRange((before) => (before[0] === from && before[1] === to ? before : [from, to]));
  };
  useLayoutEffect(() => {
    const pane = list.current?.closest(".pane");
    if (!pane) return;
    const listeners = new AbortController();
    pane.addEventListener("scroll", measure, { passive: true, signal: listeners.signal });
    const resized = new ResizeObserver(measure);
    resized.observe(pane);
    measure();
    return () => {
      listeners.abort();
      resized.disconnect();
    };
  }, [rowHeight, count]);
  useLayoutEffect(() => {
    const element = list.current;
    const pane = element?.closest(".pane");
    if (reveal < 0 || !element || !pane) return;
    const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + reveal * rowHeight;
    if (top < 0 || top + rowHeight > pane.clientHeight) pane.scrollTop += top - pane.clientHeight / 2;
    measure();
  }, [reveal, rowHeight]);
  const to = Math.min(last, count);
  const from = Math.min(first, to);
  useLayoutEffect(() => onRange?.(from, to), [from, to, count]);
  const rows = [];
  for (let index = from; index < to; index += 1) rows.push(row(index));
  return html`<div class="virtual" ref=${list} style=${{ height: `${count * rowHeight}px` }} ...${attributes}>
    <div class="virtual-rows" role="presentation" style=${{ transform: `translateY(${from * rowHeight}px)` }}>${rows}</div>
  </div>`;
}
