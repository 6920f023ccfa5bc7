/** Colours between MuJoCo (0..1 each) and the browser (`#rrggbb`). Pure. */

/** @param {number[]} rgb  each 0..1 */
export function toHex(rgb) {
  const bytes = rgb.slice(0, 3).map((value) => Math.round(Math.min(1, Math.max(0, value)) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** @param {string} hex  `#rrggbb` */
export function fromHex(hex) {
  return [1, 3, 5].map((at) => Math.round((parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000);
}
