/** Where the page stands, decided from what the sockets report. Pure; the words that people read live here. */

/** @typedef {"connecting" | "live" | "reconnecting" | "refused"} PhaseName */

/**
 * @typedef {object} Phase
 * @property {PhaseName} name
 * @property {string} why  one sentence; empty when live
 * @property {string} hint  what to do; may be empty
 * @property {string} code  of the refusal: `protocol_mismatch`, `unauthorized`, …; else empty
 * @property {number | null} retryAt  ms, clock of `performance.now()`
 * @property {boolean} controls  commands reach the server
 * @property {boolean} picture  pictures can come
 */

/**
 * @typedef {object} Facts
 * @property {{code: string, message: string, hint: string} | null} refusal  ends the tries
 * @property {"closed" | "opening" | "open"} socket  `open`: welcomed
 * @property {"none" | "negotiating" | "connected" | "broken"} media
 * @property {boolean} shown  a picture of this page's life has been shown
 * @property {boolean} hadLive
 * @property {string} why  why the last try ended
 * @property {number | null} retryAt
 */

/** @type {Phase} */
export const CONNECTING = { name: "connecting", why: "", hint: "", code: "", retryAt: null, controls: false, picture: false };

/** @returns {Facts} of a page that was just opened */
export function freshFacts() {
  return { refusal: null, socket: "opening", media: "none", shown: false, hadLive: false, why: "", retryAt: null };
}

/** @param {string} message */
export function noCommonCodec(message) {
  const hint =
    "Use Chrome, Edge or Safari; in Firefox, let it finish downloading its OpenH264 plug-in (about:addons) and reload.";
  return { code: "no_common_codec", message, hint };
}

/** The relay was forced, and the server named none. */
export function noRelay() {
  const hint = "Turn off the forced relay, or set VIEWER_TURN_URLS on the server.";
  return { code: "no_relay", message: "There is no TURN server to relay the video.", hint };
}

/**
 * @param {Facts} facts
 * @returns {Phase}
 */
export function phaseOf(facts) {
  if (facts.refusal) {
    const { code, message, hint } = facts.refusal;
    return { ...CONNECTING, name: "refused", why: message, hint, code };
  }
  const can = { ...CONNECTING, controls: facts.socket === "open", picture: facts.media === "connected" && facts.shown };
  if (can.controls && can.picture) return { ...can, name: "live" };
  const first = !facts.hadLive && facts.retryAt === null && facts.media !== "broken";
  if (first) return { ...can, why: facts.socket === "open" ? "Waiting for the first picture" : "Reaching the server" };
  return { ...can, name: "reconnecting", why: facts.why || "The connection was lost", retryAt: facts.retryAt };
}

/** A picture that looks live and is not: nothing new for a second while the simulation runs.
 * @param {{running: boolean, visible: boolean, shown: boolean, sinceLastPictureS: number}} facts
 */
export function isStale({ running, visible, shown, sinceLastPictureS }) {
  return running && visible && shown && sinceLastPictureS > 1;
}
