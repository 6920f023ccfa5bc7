/** Everything of a model that can be plotted, by name: so that a choice made for one scene means the same in the next. Pure. */

import { nameOf, shownIn } from "./scales.js";

/** @typedef {import("./facts.js").Facts} Facts */

/** A curve. Its value is the sum of `fields`, times `scale`.
 * @typedef {object} Series
 * @property {string} id  for example `qpos:elbow`, `sensor:imu:2`, `energy:total`
 * @property {string} label
 * @property {string} unit
 * @property {string[]} fields
 * @property {number} scale
 */
/** @typedef {{title: string, list: (facts: Facts) => Series[]}} Group */

const AXES = ["x", "y", "z"];

/** @param {string} id @param {string} label @param {string} unit @param {string[]} fields @returns {Series} */
const one = (id, label, unit, fields, scale = 1) => ({ id, label, unit, fields, scale });

/** @type {Group[]} */
const GROUPS = [
  { title: "Sensors", list: (facts) => facts.sensors.flatMap(ofSensor) },
  {
    title: "Joint positions",
    list: (facts) => facts.joints.flatMap((joint) => ofJoint(joint, "qpos", joint.qposadr, joint.unit)),
  },
  {
    title: "Joint velocities",
    list: (facts) => facts.joints.flatMap((joint) => ofJoint(joint, "qvel", joint.dofadr, joint.unit && `${joint.unit}/s`)),
  },
  {
    title: "Controls",
    list: (facts) => facts.actuators.map((a) => one(`ctrl:${nameOf(a)}`, `${nameOf(a)} ctrl`, a.unit, [`ctrl[${a.id}]`])),
  },
  {
    title: "Actuator forces",
    list: (facts) => facts.actuators.map((a) => one(`force:${nameOf(a)}`, `${nameOf(a)} force`, "N", [`actuator_force[${a.id}]`])),
  },
  {
    title: "Activations",
    list: (facts) =>
      facts.actuators
        .filter((actuator) => actuator.actnum > 0)
        .map((a) => one(`act:${nameOf(a)}`, `${nameOf(a)} act`, "", [`act[${a.actadr + a.actnum - 1}]`])),
  },
  {
    title: "Energy",
    list: () => [
      one("energy:potential", "potential", "J", ["energy[0]"]),
      one("energy:kinetic", "kinetic", "J", ["energy[1]"]),
      one("energy:total", "total energy", "J", ["energy[0]", "energy[1]"]),
    ],
  },
  {
    title: "Contacts and constraints",
    list: () => [
      one("contacts:count", "contacts", "", ["ncon"]),
      one("contacts:force", "contact force", "N", ["contact_force[0]"]),
      one("contacts:largest", "largest contact", "N", ["contact_force[1]"]),
      one("constraints:count", "constraints", "", ["nefc"]),
      one("constraints:force", "constraint force", "N", ["constraint_force[0]"]),
      one("solver:iterations", "solver iterations", "", ["solver_iterations[0]"]),
      one("timer:step", "step time", "ms", ["timer_ms[0]"]),
    ],
  },
  {
    title: "Constraint forces of joints",
    list: (facts) =>
      facts.joints.flatMap((joint) => ofJoint(joint, "qfrc_constraint", joint.dofadr, joint.unit === "m" ? "N" : "N·m")),
  },
  {
    title: "Body positions",
    list: (facts) =>
      facts.bodies
        .slice(1)
        .flatMap((body) =>
          AXES.map((axis, k) => one(`xpos:${nameOf(body)}:${axis}`, `${nameOf(body)} ${axis}`, "m", [`xpos[${3 * body.id + k}]`])),
        ),
  },
  {
    title: "Tendons",
    list: (facts) => facts.tendons.map((t) => one(`tendon:${nameOf(t)}`, `${nameOf(t)} length`, "m", [`ten_length[${t.id}]`])),
  },
];

/** @param {import("./facts.js").Sensor} sensor @returns {Series[]} */
function ofSensor(sensor) {
  const name = nameOf(sensor);
  const parts = sensor.dim === 3 ? AXES : sensor.dim === 4 ? ["w", ...AXES] : Array.from({ length: Math.min(sensor.dim, 64) }, (_, k) => String(k));
  if (sensor.dim === 1) return [one(`sensor:${name}`, name, sensor.unit, [`sensordata[${sensor.adr}]`])];
  return parts.map((part, k) => one(`sensor:${name}:${part}`, `${name} ${part}`, sensor.unit, [`sensordata[${sensor.adr + k}]`]));
}

/**
 * @param {import("./facts.js").Joint} joint
 * @param {string} array
 * @param {number} start
 * @param {string} unit
 * @returns {Series[]}
 */
function ofJoint(joint, array, start, unit) {
  const name = nameOf(joint);
  const what = { qpos: "", qvel: " velocity", qfrc_constraint: " constraint" }[array] ?? "";
  if (joint.type === "hinge" || joint.type === "slide") {
    const shown = array === "qfrc_constraint" || unit.includes("/") ? { unit, scale: 1 } : shownIn(unit);
    return [one(`${array}:${name}`, `${name}${what}`, shown.unit, [`${array}[${start}]`], shown.scale)];
  }
  const quaternion = ["w", "qx", "qy", "qz"];
  const turning = ["wx", "wy", "wz"];
  const parts =
    array === "qpos" ? (joint.type === "free" ? [...AXES, ...quaternion] : quaternion) : joint.type === "free" ? [...AXES, ...turning] : turning;
  return parts.map((part, k) => one(`${array}:${name}:${part}`, `${name}${what} ${part}`, "", [`${array}[${start + k}]`]));
}

/** What matches, by group; at most `most` in all.
 * @param {Facts} facts
 * @param {string} search
 * @param {number} most
 * @returns {{groups: {title: string, series: Series[]}[], left: number}}
 */
export function findSeries(facts, search, most) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  let room = most;
  let left = 0;
  const groups = [];
  for (const { title, list } of GROUPS) {
    const found = list(facts).filter(({ label }) => words.every((word) => `${title} ${label}`.toLowerCase().includes(word)));
    const series = found.slice(0, room);
    room -= series.length;
    left += found.length - series.length;
    if (series.length > 0) groups.push({ title, series });
  }
  return { groups, left };
}

/** The series of these ids that this model has.
 * @param {Facts} facts
 * @param {Iterable<string>} ids
 * @returns {Map<string, Series>}
 */
export function seriesById(facts, ids) {
  const wanted = new Set(ids);
  /** @type {Map<string, Series>} */
  const found = new Map();
  for (const { list } of GROUPS) {
    if (found.size === wanted.size) break;
    for (const series of list(facts)) if (wanted.has(series.id)) found.set(series.id, series);
  }
  return found;
}

/** What a plot begins with: the first sensors, else the first joints.
 * @param {Facts} facts
 * @returns {string[]}
 */
export function firstSeries(facts) {
  for (const { list } of GROUPS) {
    const series = list(facts);
    if (series.length > 0) return series.filter(({ unit }) => unit === series[0].unit).slice(0, 3).map(({ id }) => id);
  }
  return [];
}

/** @param {Series} series @param {import("./live-values.js").Frame} frame */
export function valueOf(series, frame) {
  let sum = 0;
  for (const field of series.fields) sum += frame.number(field);
  return sum * series.scale;
}
