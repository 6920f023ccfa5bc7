/** The camera that everybody looks through, as an element of MJCF. Pure. */

/** @param {import("./messages.js").CameraStatus} camera */
export function cameraMjcf(camera) {
  const numbers = (/** @type {readonly number[]} */ values) => values.map((value) => Number(value.toFixed(4)) || 0).join(" ");
  const height = 2 * camera.distance * Math.tan((camera.fov_deg * Math.PI) / 360);
  const fovy = camera.orthographic && camera.mode !== "fixed" ? height : camera.fov_deg; // one of the model's has its height there
  const lens = `${camera.orthographic ? 'projection="orthographic" ' : ""}fovy="${numbers([fovy])}"`;
  return `<camera pos="${numbers(camera.pos)}" xyaxes="${numbers(camera.xyaxes)}" ${lens}/>`;
}
