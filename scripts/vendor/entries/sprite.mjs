// client/vendor/icons.svg: one <symbol> per lucide icon that the page uses, in the order of this list.
import { readFileSync, writeFileSync } from "node:fs";

const ICONS = [
  "bot",
  "camera",
  "check",
  "chevron-right",
  "circle-alert",
  "circle-dot",
  "clapperboard",
  "copy",
  "crosshair",
  "download",
  "file-code",
  "file-diff",
  "folder-open",
  "gamepad-2",
  "gauge",
  "hand",
  "history",
  "keyboard",
  "layout-grid",
  "maximize",
  "panel-right",
  "pause",
  "pencil",
  "play",
  "plus",
  "redo-2",
  "refresh-cw",
  "rotate-ccw",
  "search",
  "settings",
  "share-2",
  "square",
  "step-back",
  "step-forward",
  "trash-2",
  "triangle-alert",
  "undo-2",
  "upload",
  "users",
  "video",
  "wifi-off",
  "x",
];

const [, , from, to] = process.argv;
const symbols = ICONS.map((name) => {
  const text = readFileSync(`${from}/icons/${name}.svg`, "utf-8");
  const inside = text.slice(text.indexOf(">", text.indexOf("<svg")) + 1, text.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>")
    .trim()}</symbol>`;
});
writeFileSync(to, `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
