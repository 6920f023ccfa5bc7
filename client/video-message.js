/** One binary message of the video socket, and what of H.264 the page must know. Pure. */

const VERSION = 1;
const HEADER_BYTES = 20;
const SPS = 7;

/**
 * @typedef {object} VideoMessage
 * @property {boolean} idr
 * @property {"h264" | "mjpeg"} codec
 * @property {number} rung
 * @property {number} width
 * @property {number} height
 * @property {number} pictureId
 * @property {number} capturedS  the server's clock
 * @property {Uint8Array<ArrayBuffer>} data
 */

/** @param {ArrayBuffer} buffer
 * @returns {VideoMessage | null} null when it is none
 */
export function parseVideoMessage(buffer) {
  if (buffer.byteLength < HEADER_BYTES) return null;
  const view = new DataView(buffer);
  const codec = view.getUint8(2);
  if (view.getUint8(0) !== VERSION || codec > 1) return null;
  return {
    idr: (view.getUint8(1) & 1) === 1,
    codec: codec === 0 ? "h264" : "mjpeg",
    rung: view.getUint8(3),
    width: view.getUint16(4),
    height: view.getUint16(6),
    pictureId: view.getUint32(8),
    capturedS: view.getFloat64(12),
    data: new Uint8Array(buffer, HEADER_BYTES),
  };
}

/** The acknowledgement of a picture and of all before it.
 * @param {number} pictureId
 */
export function acknowledgement(pictureId) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, pictureId);
  return view.buffer;
}

/** The codec string (RFC 6381) of an access unit in Annex B: profile, constraints and level of its sequence parameter set.
 * @param {Uint8Array} unit
 * @returns {string | null} null without one
 */
export function codecOf(unit) {
  for (let i = 0; i + 6 < unit.length; i += 1) {
    if (unit[i] !== 0 || unit[i + 1] !== 0 || unit[i + 2] !== 1 || (unit[i + 3] & 31) !== SPS) continue;
    const hex = [...unit.subarray(i + 4, i + 7)].map((byte) => byte.toString(16).padStart(2, "0"));
    return `avc1.${hex.join("").toUpperCase()}`;
  }
  return null;
}
