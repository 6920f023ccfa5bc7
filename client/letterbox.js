/** Where the picture lies inside its element when `object-fit: contain` letterboxes it. Pure. */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** The rectangle that the picture covers.
 * @param {Box} element  CSS px
 * @param {number} width  of the picture, px; 0 before the first one
 * @param {number} height
 * @returns {Box} CSS px, in the element's frame of reference
 */
export function pictureBox(element, width, height) {
  if (width <= 0 || height <= 0 || element.width <= 0 || element.height <= 0) return { ...element };
  const scale = Math.min(element.width / width, element.height / height);
  const shown = { width: width * scale, height: height * scale };
  return {
    left: element.left + (element.width - shown.width) / 2,
    top: element.top + (element.height - shown.height) / 2,
    ...shown,
  };
}

/** A point of the page in the picture's own frame: -1..1 from left to right and from bottom to top, clamped.
 * @param {Box} box  from `pictureBox`
 * @param {number} x  CSS px
 * @param {number} y
 * @returns {[number, number]}
 */
export function toPicture(box, x, y) {
  return [
    clamp(((x - box.left) / Math.max(1, box.width)) * 2 - 1, -1, 1),
    clamp(1 - ((y - box.top) / Math.max(1, box.height)) * 2, -1, 1),
  ];
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
