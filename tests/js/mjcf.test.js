import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { completionsAt, explainAt, namesIn } from "../../client/mjcf/assist.js";
import { pathOf, scan, spotAt } from "../../client/mjcf/scan.js";
import { Schema, inWords } from "../../client/mjcf/schema.js";

const schema = new Schema(JSON.parse(readFileSync(new URL("../../client/mjcf-schema.json", import.meta.url), "utf-8")));

/** The text without its `|`, and where that stood.
 * @param {string} marked
 * @returns {[string, number]}
 */
const place = (marked) => [marked.replace("|", ""), marked.indexOf("|")];

/** Labels of what is offered at `|`.
 * @param {string} marked
 */
function offered(marked, asked = false) {
  const [text, at] = place(marked);
  return completionsAt(schema, text, at, asked)?.options.map(({ label }) => label) ?? null;
}

/** The text after the first thing that is offered at `|` was taken.
 * @param {string} marked @param {string} label
 */
function taken(marked, label, asked = false) {
  const [text, at] = place(marked);
  const found = completionsAt(schema, text, at, asked);
  const option = found?.options.find((one) => one.label === label);
  assert.ok(found && option, `${label} is not offered`);
  const done = text.slice(0, found.from) + option.insert;
  return `${done.slice(0, done.length - option.back)}|${done.slice(done.length - option.back)}${text.slice(found.to)}`;
}

const WORLD = "<mujoco><worldbody>";

test("tags know what is around them, closed or not", () => {
  const text = '<mujoco><!-- <geom> --><worldbody><body name="a"><geom size="1"/></body><body><joint ';
  const tags = scan(text);
  assert.deepEqual(
    tags.map(({ name, kind, parent }) => [name, kind, parent]),
    [
      ["mujoco", "open", -1],
      ["worldbody", "open", 0],
      ["body", "open", 1],
      ["geom", "empty", 2],
      ["body", "close", 1],
      ["body", "open", 1],
      ["joint", "open", 5],
    ],
  );
  assert.deepEqual(pathOf(tags, 6), ["mujoco", "worldbody", "body", "joint"]);
  assert.deepEqual(tags[2].attributes.map(({ name, value }) => [name, value]), [["name", "a"]]);
});

test("a tag that is being written does not swallow what follows", () => {
  const tags = scan('<mujoco>\n<geom size="1 2\n<body name="x"/>');
  assert.deepEqual(tags.map(({ name }) => name), ["mujoco", "geom", "body"]);
  assert.equal(tags[2].attributes[0].value, "x");
});

test("a place is an element, an attribute, a value, or none of them", () => {
  for (const [marked, kind] of /** @type {[string, string][]} */ ([
    ["<mujoco><|", "element"],
    ["<mujoco><geo|", "element"],
    ["<geom |", "attribute"],
    ["<geom si|", "attribute"],
    ['<geom size="|', "value"],
    ['<geom size="1| 2" pos="0"/>', "value"],
    ['<geom size="1"|', "content"],
    ["<geom/>|", "content"],
    ["<mujoco>\n  |", "content"],
    ["</geo|", "element"],
  ])) {
    const [text, at] = place(marked);
    assert.equal(spotAt(text, scan(text), at).kind, kind, marked);
  }
});

test("elements are offered where they may stand", () => {
  assert.deepEqual(offered("<|"), ["mujoco"]);
  assert.ok(offered("<mujoco><wo|")?.includes("worldbody"));
  const inBody = offered(`${WORLD}<body><|`) ?? [];
  assert.ok(["geom", "joint", "body", "frame", "/body"].every((name) => inBody.includes(name)));
  assert.ok(!inBody.includes("option"));
  assert.ok(offered(`${WORLD}<frame><body><|`)?.includes("geom"));
  assert.ok(offered("<mujoco><default><default class='x'><|")?.includes("default"));
  assert.ok(!offered("<mujoco><visual><global/><|")?.includes("global")); // at most once
  assert.equal(offered(`${WORLD}<nonsense><|`), null);
  assert.equal(offered(`${WORLD}\n  |`), null); // not by itself
  assert.equal(taken(`${WORLD}\n  |`, "geom", true), `${WORLD}\n  <geom|`);
  assert.equal(taken(`${WORLD}</|`, "worldbody"), `${WORLD}</worldbody>|`);
});

test("attributes are offered that the element takes and has not", () => {
  const offers = offered(`${WORLD}<geom size="1" fr|`) ?? [];
  assert.ok(offers.includes("friction"));
  assert.ok(!offers.includes("size"));
  assert.ok(!offers.includes("damping"));
  assert.equal(taken(`${WORLD}<geom ty|/>`, "type"), `${WORLD}<geom type="|"/>`);
  assert.equal(taken(`${WORLD}<geom ty|="box"/>`, "type"), `${WORLD}<geom type|="box"/>`);
  assert.equal(offered(`${WORLD}<geom |`), null); // Enter shall break the line here
  assert.ok(offered(`${WORLD}<geom |`, true)?.includes("size"));
  assert.ok(offered("<mujoco><tendon><fixed><joint co|")?.includes("coef"));
});

test("values are offered: keywords, and names that the text gives", () => {
  assert.deepEqual(offered('<mujoco><compiler angle="|"'), ["degree", "radian"]);
  const named =
    '<mujoco><asset><material name="red"/><material name="blue"/></asset><worldbody><body name="arm"><freejoint name="j"/>' +
    '<site name="tip"/></body></worldbody>';
  assert.deepEqual(offered(`${named}<worldbody><geom material="|"`), ["red", "blue"]);
  assert.deepEqual(offered("<mujoco><asset><mesh file='a/hip.stl'/></asset><worldbody><geom mesh=\"|\""), ["hip"]);
  assert.deepEqual(offered(`${named}<actuator><motor joint="|"`), ["j"]);
  assert.deepEqual(offered(`${named}<sensor><framepos objtype="site" objname="|"`), ["tip"]);
  assert.deepEqual(offered(`${named}<sensor><framepos objtype="xbody" objname="|"`), ["arm"]);
  assert.equal(offered(`${named}<sensor><framepos objname="|"`), null);
  assert.equal(offered(`${WORLD}<geom size="|"`), null);
  const classes = "<mujoco><default><default class='big'/></default><worldbody><body childclass=\"|\"";
  assert.deepEqual(offered(classes), ["big"]);
});

test("what stands there is explained", () => {
  const at = (/** @type {string} */ marked) => {
    const [text, place_] = place(marked);
    return explainAt(schema, text, place_);
  };
  assert.equal(at(`${WORLD}<ge|om/>`)?.title, "<geom>");
  assert.ok(at(`${WORLD}<geom con|dim="3"/>`)?.lines.includes("A whole number"));
  assert.ok(at('<mujoco><option integ|rator="RK4"/>')?.lines.some((line) => line.includes("implicitfast")));
  assert.match(at("<mujoco><sensor><tou|ch/>")?.lines.join(" ") ?? "", /Needs: site/);
  const named = `<mujoco>\n<asset>\n<material name="red"/></asset><worldbody><geom material="r|ed"/>`;
  assert.deepEqual(at(named)?.lines, ["<material> in line 3"]);
  assert.equal(at(`${WORLD}<nonsense si|ze="1"/>`), null);
  assert.equal(at(`${WORLD}  |  `), null);
});

test("kinds of values are told in words", () => {
  assert.equal(inWords({ kind: "number", least: 1, most: 3 }), "1 to 3 numbers");
  assert.equal(inWords({ kind: "number", least: 4, most: 4 }), "4 numbers");
  assert.equal(inWords({ kind: "number", least: 1, most: 1, whole: true }), "A whole number");
  assert.equal(inWords({ kind: "number", least: 1 }), "Any count of numbers");
  assert.equal(inWords({ kind: "name", of: "class" }), "Name of a default class");
});

test("no place in any half of a text is one too many", () => {
  const text = `${WORLD}<body name="a"><geom type="box" size='1 2'/><!-- x --></body></worldbody><actuator><motor joint="j"/></mujoco>`;
  for (let length = 0; length <= text.length; length += 1) {
    for (const at of [0, length >> 1, length]) {
      const half = text.slice(0, length);
      completionsAt(schema, half, at, true);
      explainAt(schema, half, at);
    }
  }
  assert.equal(namesIn(schema, scan(text)).get("body")?.size, 1);
});

test("a large text is scanned quickly, and a hostile one too", () => {
  const large = `${WORLD}${'<body name="b"><geom size="1"/></body>'.repeat(9_000)}`;
  const began = performance.now();
  scan(large);
  scan("<".repeat(100_000));
  scan(`<a ${"x ".repeat(100_000)}`);
  scan(`<a ${'"'.repeat(100_000)}`);
  assert.ok(performance.now() - began < 3000);
});
