/** The camera that everybody looks through, as an element of MJCF. Pure. */

/** @param {import("./messages.js").CameraStatus} camera */
export function cameraMjcf(camera) {
  const numbers = (/** @type {readonly number[]} */ values) => values.map((value) => Number(value.toFixed(4)) || 0).join(" ");
  const flat = camera.orthographic && camera.mode !== "fixed";
  const height = 2 * camera.distance * Math.tan((camera.fov_deg * Math.PI) / 360);
  const lens = flat ? `projection="orthographic" fovy="${numbers([height])}"` : `fovy="${numbers([camera.fov_deg])}"`;
  return `<camera pos="${numbers(camera.pos)}" xyaxes="${numbers(camera.xyaxes)}" ${lens}/>`;
}
