/** What the page says about where it stands, in words. Pure; the time comes in as `now` (ms, `performance.now()`). */

/** @typedef {import("./phase.js").Phase} Phase */
/** @typedef {import("./messages.js").Status} Status */

/**
 * @typedef {object} Banner
 * @property {"info" | "warn" | "bad"} level
 * @property {string} title
 * @property {string} text
 * @property {"" | "retry" | "reset" | "play" | "simulate"} action
 * @property {"" | "rewind"} also  a second action beside it
 * @property {boolean} busy  a spinner beside it
 */

/**
 * @param {string} title
 * @param {string} text
 * @param {Partial<Banner>} more
 * @returns {Banner}
 */
const banner = (title, text, more = {}) => ({ level: "info", title, text, action: "", also: "", busy: false, ...more });

/** The one thing to say over the picture now, or null. A refusal has its own card.
 * @param {Phase} phase
 * @param {Status | null} status
 * @param {boolean} stale
 * @param {number} now
 * @returns {Banner | null}
 */
export function bannerOf(phase, status, stale, now) {
  if (phase.name === "refused" || phase.name === "connecting") return null;
  if (phase.name === "reconnecting") {
    const wait =
      phase.retryAt === null ? "Trying now…" : `Next try in ${Math.max(1, Math.ceil((phase.retryAt - now) / 1000))} s.`;
    const action = phase.retryAt === null ? "" : "retry";
    const moves = phase.picture && !stale && status?.simulation.state === "running";
    const still = moves ? " The picture goes on." : "";
    return banner("Reconnecting", `${sentence(phase.why)}${still} ${wait}`, { level: "warn", action, busy: action === "" });
  }
  const simulation = status?.simulation;
  const reason = simulation?.reason ? sentence(simulation.reason) : "";
  switch (simulation?.state) {
    case "diverged":
      return banner("The simulation diverged", reason || `At ${seconds(simulation.time_s)}.`, {
        level: "bad",
        action: "reset",
        also: "rewind",
      });
    case "failed":
      return banner("The simulation failed", reason || "Load another scene.", { level: "bad" });
    case "restarting":
      return banner("Restarting the simulation", reason || "The last state comes back.", { level: "warn", busy: true });
    case "loading":
      return banner("Loading", reason || "The new scene comes in a moment.", { busy: true });
    case "starting":
      return banner("Starting the simulation", reason, { busy: true });
    case "paused":
      return reason ? banner("Paused", reason, { action: "simulate" }) : null;
    case "asleep":
      return banner("Asleep", reason || "Nobody was watching.", { action: "play" });
    default:
  }
  if (stale) return banner("The picture stands still", "No new picture for more than a second.", { level: "warn", busy: true });
  return null;
}

/** The simulation in a few words, for the status line and for screen readers.
 * @param {Status | null} status
 * @returns {{level: "good" | "info" | "warn" | "bad", text: string}}
 */
export function simulationWords(status) {
  const simulation = status?.simulation;
  if (!simulation) return { level: "info", text: "—" };
  switch (simulation.state) {
    case "running":
      return simulation.slow ? { level: "warn", text: "slower than asked" } : { level: "good", text: "running" };
    case "diverged":
    case "failed":
      return { level: "bad", text: simulation.state };
    case "restarting":
      return { level: "warn", text: "restarting" };
    default:
      return { level: "info", text: simulation.state };
  }
}

/** @param {Phase} phase */
export function phaseWords(phase) {
  return { connecting: "connecting", live: "live", reconnecting: "reconnecting", refused: "refused" }[phase.name];
}

/** What a screen reader hears when something changes.
 * @param {Phase} phase
 * @param {Status | null} status
 * @param {boolean} stale
 */
export function announcement(phase, status, stale) {
  if (phase.name !== "live") return [phaseWords(phase), phase.why, phase.hint].filter(Boolean).join(". ");
  const simulation = status?.simulation;
  const said = spoken(bannerOf(phase, status, stale, 0));
  return said || `Live. Simulation ${simulation?.state ?? "unknown"}${simulation?.slow ? ", slower than real time" : ""}.`;
}

/** @param {Banner | null} shown */
function spoken(shown) {
  return shown ? `${shown.title}. ${shown.text}` : "";
}

/** @param {string} text */
export function sentence(text) {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** What is wrong, and what to do, as two sentences.
 * @param {string} message @param {string} hint
 */
export const withHint = (message, hint) => (hint ? `${sentence(message)} ${hint}` : message);

/** Words of the server's as a sentence begins: with a capital, unless a name of a file or a field begins it.
 * @param {string} text
 */
export const capital = (text) => (/^[a-z]+( [a-z]|$)/.test(text) ? `${text[0].toUpperCase()}${text.slice(1)}` : text);

/** A hint without the routes, in brackets, that it names for programs.
 * @param {string} hint
 */
export const forPeople = (hint) => hint.replace(/ \((?:GET|POST) \/api\/[^)]*\)/g, "");

/** Speed as people say it: 1×, 2×, 1/4×.
 * @param {number} speed
 */
export function speedWords(speed) {
  if (speed >= 1 || speed <= 0) return `${Number(speed.toFixed(2))}×`;
  const parts = 1 / speed;
  return Math.abs(parts - Math.round(parts)) < 0.01 ? `1/${Math.round(parts)}×` : `${speed.toFixed(2)}×`;
}

/** @param {number} value */
export function factor(value) {
  return `${value.toFixed(2)}×`;
}

/** @param {number} value */
export function seconds(value) {
  return `${value.toFixed(2)} s`;
}

/** @param {number | null | undefined} value */
export function ms(value) {
  return value === null || value === undefined ? "—" : value.toFixed(value < 10 ? 1 : 0);
}

/** @param {number | null | undefined} bps */
export function megabits(bps) {
  return bps === null || bps === undefined ? "—" : (bps / 1e6).toFixed(1);
}

/** A number with a true minus sign, and no minus before zero.
 * @param {number} value
 * @param {number} digits
 */
export function fixed(value, digits) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** What people call a codec and what made it: without the profile, without the library's prefix; the encoder is named for
 * H.264 alone, because the others have only one.
 * @param {string} codec  as the transport names it, for example "H264 42e01f"
 * @param {string} encoder  as the server names it, for example "libx264"
 * @returns {{codec: string, byEncoder: string}}
 */
export function codecWords(codec, encoder) {
  const isH264 = /^H\.?264/i.test(codec);
  return { codec: isH264 ? "H.264" : codec.split(" ")[0], byEncoder: isH264 ? encoder.replace(/^lib|^h264_/, "") : "" };
}

/** What a picture's time goes to, in order.
 * @type {(keyof import("./messages.js").StageTimes)[]}
 */
export const STAGES = ["step", "update", "render", "read", "convert", "encode"];

/** Seconds as minutes and seconds, with hours where there are any.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** @param {number} bytes */
export function fileSize(bytes) {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ${unit}`;
}
