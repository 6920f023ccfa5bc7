import assert from "node:assert/strict";
import { test } from "node:test";
import { SHORTCUTS, shortcutFor } from "../../client/keys.js";
import { FLAGS } from "../../client/look-table.js";

const press = (key, more = {}) => ({ key, code: "", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
const does = (event, focus) => shortcutFor(event, focus)?.does ?? null;

test("no key means two things", () => {
  const keys = SHORTCUTS.flatMap(({ keys }) => keys);
  assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), []);
});

test("every flag that simulate gives a key has it here", () => {
  for (const { key, title } of FLAGS) if (key !== "") assert.equal(does(press(key.toLowerCase()), "picture"), title);
});

test("letters are the same in capitals and on a keyboard of another script", () => {
  assert.equal(does(press("J", { shiftKey: true, code: "KeyJ" }), "page"), "Joint");
  assert.equal(does(press("о", { code: "KeyJ" }), "page"), "Joint");
  assert.equal(does(press("ф", { code: "KeyA" }), "clicked"), "Auto Connect");
});

test("digits go by their place, so Shift works on every layout", () => {
  assert.equal(does(press("3", { code: "Digit3" }), "picture"), "Geom group 3");
  assert.equal(does(press("#", { code: "Digit3", shiftKey: true }), "picture"), "Site group 3");
  assert.equal(does(press("&", { code: "Digit1" }), "picture"), "Geom group 1");
});

test("typing, buttons and lists never toggle anything", () => {
  for (const focus of ["text", "button", "choice"]) {
    for (const { key } of FLAGS) if (key) assert.equal(does(press(key.toLowerCase()), focus), null);
    for (let digit = 0; digit < 6; digit += 1) assert.equal(does(press(String(digit), { code: `Digit${digit}` }), focus), null);
  }
  for (const shortcut of SHORTCUTS) for (const key of shortcut.keys) assert.equal(does(press(key), "text"), null);
});

test("the browser keeps its own keys", () => {
  for (const key of ["F5", "F11", "F12"]) assert.equal(does(press(key), "clicked"), null);
  for (const key of ["r", "l", "t", "w", "p", "d", "f"]) {
    assert.equal(does(press(key, { ctrlKey: true }), "clicked"), null);
    assert.equal(does(press(key, { metaKey: true }), "clicked"), null);
  }
  assert.equal(does(press("Tab"), "picture"), null, "whoever came by Tab goes on by Tab");
  assert.equal(does(press("Tab"), "page"), null);
  assert.equal(does(press("F6"), "picture"), null);
  assert.equal(does(press("Tab"), "clicked"), "Panels at the left");
});

test("Page Up selects the parent, and only in the picture", () => {
  assert.equal(does(press("PageUp"), "picture"), "Select the parent body");
  assert.equal(does(press("PageUp"), "page"), null);
});
