import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_FIELDS, parseField, plan } from "../../client/panels/fields.js";
import { numbersOf, phasesOf, stacked } from "../../client/panels/profile.js";
import { Recorder } from "../../client/panels/recorder.js";
import { actuatorSlider, jointSlider, readable, rounded } from "../../client/panels/scales.js";
import { ModelTree, treeKey } from "../../client/panels/tree.js";

// --- fields ---------------------------------------------------------------------------------------------------------

test("a field is a name, an index or a range, and nothing else", () => {
  assert.deepEqual(parseField("qpos"), { name: "qpos", start: 0, stop: null });
  assert.deepEqual(parseField("qpos[3]"), { name: "qpos", start: 3, stop: 4 });
  assert.deepEqual(parseField("xpos[6:9]"), { name: "xpos", start: 6, stop: 9 });
  for (const wrong of ["", "qpos[", "qpos[3:3]", "qpos[-1]", "qpos[1:2:3]", "3qpos", "q pos"]) assert.equal(parseField(wrong), null);
});

test("neighbours of one array are asked for together, and each is found again", () => {
  const { fields, cuts } = plan(["qpos[3]", "qpos[5:7]", "qvel", "qvel[2]", "xpos[900]", "xpos[0]"]);
  assert.deepEqual(fields, ["qpos[3:7]", "qvel", "xpos[0]", "xpos[900]"]);
  assert.deepEqual(cuts.get("qpos[5:7]"), { field: "qpos[3:7]", start: 2, stop: 4 });
  assert.deepEqual(cuts.get("qvel[2]"), { field: "qvel", start: 2, stop: 3 });
  assert.deepEqual(cuts.get("xpos[900]"), { field: "xpos[900]", start: 0, stop: 1 });
});

test("where one was refused, each is asked for by itself", () => {
  assert.deepEqual(plan(["qpos[3]", "qpos[50]"], new Set(["qpos"])).fields, ["qpos[3]", "qpos[50]"]);
});

test("no plan asks for more than the server takes", () => {
  const far = Array.from({ length: 200 }, (_, index) => `xpos[${index * 100}]`);
  assert.equal(plan(far).fields.length, MOST_FIELDS);
});

// --- profiler ---------------------------------------------------------------------------------------------------------

test("a number that was not sent yet is a hole in its curve, not a NaN", () => {
  const frame = { number: (/** @type {string} */ field) => (field === "nefc" ? 12 : NaN) };
  assert.deepEqual(numbersOf(frame, ["nefc", "ne"]), [12, null]);
});

// --- recorder -------------------------------------------------------------------------------------------------------

/** @param {number[]} times */
function recorded(times) {
  const recorder = new Recorder();
  recorder.choose(["a"]);
  for (const time of times) recorder.add(time, () => time * 10);
  return recorder;
}

test("time that goes back takes with it what never happened", () => {
  const recorder = recorded([1, 2, 3, 2.5, 2.6]);
  assert.deepEqual(recorder.times, [1, 2, 2.5, 2.6]);
  assert.deepEqual(recorder.columns.get("a"), [10, 20, 25, 26]);
  recorder.add(0, () => 5);
  assert.deepEqual(recorder.times, [0], "a reset");
});

test("a paused simulation that is changed by hand shows its newest value", () => {
  const recorder = recorded([1, 2]);
  recorder.add(2, () => 99);
  assert.deepEqual(recorder.columns.get("a"), [10, 99]);
});

test("a curve that came later has a hole before it, and one that was taken out is forgotten", () => {
  const recorder = recorded([1, 2]);
  recorder.choose(["b"]);
  recorder.add(3, () => 7);
  assert.deepEqual(recorder.columns.get("b"), [null, null, 7]);
  assert.equal(recorder.columns.has("a"), false);
});

test("what was not watched is a hole, not a line", () => {
  const recorder = recorded([1, 2]);
  recorder.interrupt();
  recorder.add(4, () => 1);
  assert.deepEqual(recorder.columns.get("a"), [10, 20, null, 1]);
});

test("memory is bounded", () => {
  const recorder = new Recorder();
  recorder.choose(["a"]);
  for (let at = 0; at < 20_000; at += 1) recorder.add(at / 30, () => at);
  assert.ok(recorder.times.length <= 6600);
  assert.equal(recorder.times.at(-1), 19_999 / 30);
  assert.equal(recorder.columns.get("a")?.length, recorder.times.length);
});

test("the CSV holds the window that is shown, with units", () => {
  const recorder = recorded([1, 2, 3, 4]);
  assert.equal(recorder.csv([{ id: "a", label: 'odd, "name"', unit: "m" }], 1.5), 'time [s],"odd, ""name"" [m]"\r\n3,30\r\n4,40\r\n');
});

test("a time of the CSV has no noise of the steps that were summed", () => {
  const recorder = recorded([10.02399999999934]);
  assert.match(recorder.csv([{ id: "a", label: "a", unit: "" }], 1), /\r\n10\.024,/);
});

// --- scales ---------------------------------------------------------------------------------------------------------

const HINGE = { id: 0, name: "elbow", body: 1, type: "hinge", limited: true, range: [-1, 2], unit: "rad", qposadr: 7, dofadr: 6, qpos0: [0.5], group: 0 };
const MOTOR = { id: 3, name: "", type: "motor", unit: "N·m", target: null, ctrllimited: false, ctrlrange: [0, 0], forcerange: null, group: 0, actadr: -1, actnum: 0 };

test("a hinge is shown in degrees over its true range", () => {
  const slider = jointSlider(HINGE);
  assert.deepEqual([slider.low, slider.high, slider.rest, slider.unit, slider.index, slider.open], [-1, 2, 0.5, "°", 7, false]);
  assert.ok(Math.abs(slider.scale * Math.PI - 180) < 1e-9);
});

test("what has no limits gets a usual range, and says so", () => {
  assert.deepEqual([actuatorSlider(MOTOR, undefined).low, actuatorSlider(MOTOR, undefined).high], [-1, 1]);
  assert.equal(actuatorSlider(MOTOR, undefined).open, true);
  assert.equal(actuatorSlider(MOTOR, undefined).label, "#3");
  const free = jointSlider({ ...HINGE, limited: false, qpos0: [4] });
  assert.deepEqual([free.low, free.high, free.open], [-Math.PI, 4, true]);
  const servo = actuatorSlider({ ...MOTOR, type: "position", unit: "rad" }, HINGE);
  assert.deepEqual([servo.low, servo.high], [-1, 2], "that of the joint it moves");
});

test("numbers are short and honest", () => {
  assert.equal(rounded(-0.00001, 100), "0.0");
  assert.equal(rounded(12.3456, 180), "12.3");
  assert.equal(rounded(0.012345, 0.05), "0.01235");
  assert.equal(readable(3.2e-9), "3.20e−9");
  assert.equal(readable(-3), "−3");
  assert.equal(readable(null), "—");
  assert.equal(readable(-12.34567), "−12.346");
});

// --- tree -----------------------------------------------------------------------------------------------------------

/** A chain of `count` bodies, each with a geom and a joint. @param {number} count */
function chain(count) {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const part = (/** @type {string} */ kind) => ids.map((body, id) => ({ id, name: `${kind}${id}`, body, type: "box" }));
  return /** @type {any} */ ({
    bodies: [{ id: 0, name: "world", parent: 0 }, ...ids.map((id) => ({ id, name: `b${id}`, parent: id - 1, mocap: false }))],
    joints: part("j"),
    geoms: part("g"),
    sites: [],
    cameras: [],
    lights: [],
  });
}

test("a tree opens from the top while there is room", () => {
  const tree = new ModelTree(chain(300));
  const rows = tree.rows(tree.firstOpen(), "");
  assert.ok(rows.length > 20 && rows.length <= 40, `${rows.length}`);
  assert.deepEqual([rows[0].label, rows[0].level, rows[1].label, rows[1].level], ["world", 1, "b1", 2]);
  assert.deepEqual([rows[2].label, rows[2].note, rows[2].place, rows[2].of], ["j0", "box joint", 1, 3]);
});

test("a search shows what is called so and the way there", () => {
  const tree = new ModelTree(chain(50));
  const rows = tree.rows(new Set(), "G7");
  assert.deepEqual(rows.map(({ label }) => label), ["world", ...Array.from({ length: 8 }, (_, at) => `b${at + 1}`), "g7"]);
  assert.deepEqual(tree.rows(new Set(), "nothing"), []);
});

test("five thousand bodies in one chain are drawn, opened and searched", () => {
  const tree = new ModelTree(chain(5000));
  const all = new Set(Array.from({ length: 5001 }, (_, id) => `body:${id}`));
  const began = performance.now();
  assert.equal(tree.rows(all, "").length, 15_001);
  assert.ok(tree.rows(all, "g4999").length > 5000);
  assert.equal(tree.leadingTo(5000).length, 5000);
  assert.ok(performance.now() - began < 2000);
});

test("the keys of a tree do what the pattern says", () => {
  const tree = new ModelTree(chain(3));
  const open = new Set(["body:0", "body:1"]);
  const rows = tree.rows(open, ""); // world b1 j0 g0 b2
  assert.deepEqual(treeKey(rows, 0, "ArrowDown"), { go: 1 });
  assert.deepEqual(treeKey(rows, 1, "ArrowRight"), { go: 2 });
  assert.deepEqual(treeKey(rows, 4, "ArrowRight"), { toggle: "body:2" });
  assert.deepEqual(treeKey(rows, 3, "ArrowLeft"), { go: 1 });
  assert.deepEqual(treeKey(rows, 1, "ArrowLeft"), { toggle: "body:1" });
  assert.deepEqual(treeKey(rows, 1, "End"), { go: 4 });
  assert.deepEqual(treeKey(rows, 1, "Enter"), { choose: 1 });
  assert.deepEqual(treeKey(rows, 1, "g"), { go: 3 });
  assert.equal(treeKey(rows, 1, "?"), null);
  assert.equal(treeKey(rows, 1, "F2"), null);
  assert.deepEqual(treeKey(rows, -1, "ArrowDown"), { go: 0 });
});

// --- profile --------------------------------------------------------------------------------------------------------

test("the phases of a step add up to the step", () => {
  const timer = [1.0, 0.9, 0, 0.5, 0.05, 0.02, 0.3, 0.1, 0.1, 0.05, 0.2, 0.1, 0.05, 0.1, 0.1];
  const phases = phasesOf(timer);
  assert.ok(Math.abs(phases.reduce((sum, part) => sum + part, 0) - 1) < 1e-9);
  assert.ok(Math.abs(stacked(phases)[phases.length - 1] - 1) < 1e-9);
  assert.deepEqual(phasesOf([]), new Array(7).fill(0));
});
