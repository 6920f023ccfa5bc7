import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, MOST_VERSIONS, fingerprint } from "../../client/drafts.js";

/** @param {number} [room]  characters that it takes */
function storage(room = Infinity) {
  const kept = new Map();
  const used = () => [...kept.values()].reduce((sum, text) => sum + text.length, 0);
  return /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    removeItem: (/** @type {string} */ key) => kept.delete(key),
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => {
      if (used() - (kept.get(key)?.length ?? 0) + text.length > room) throw new Error("QuotaExceededError");
      kept.set(key, text);
    },
  });
}

/** @param {string} text */
const version = (text, at = 1) => ({ at, title: "t", text, applied: true });

test("a draft is kept for its room, and forgotten", () => {
  const one = storage();
  const drafts = new Drafts(one, "main");
  assert.equal(drafts.draft, null);
  assert.ok(drafts.keep({ text: "<mujoco/>", base: "b" }));
  assert.deepEqual(new Drafts(one, "main").draft, { text: "<mujoco/>", base: "b" });
  assert.equal(new Drafts(one, "other").draft, null);
  drafts.keep(null);
  assert.equal(drafts.draft, null);
});

test("the newest versions are kept, each text once", () => {
  const drafts = new Drafts(storage(), "main");
  for (let at = 0; at < 30; at += 1) drafts.add(version(`text ${at}`, at));
  assert.equal(drafts.versions.length, MOST_VERSIONS);
  assert.equal(drafts.versions[0].text, "text 29");
  drafts.add(version("text 20", 99));
  assert.deepEqual([drafts.versions[0].at, drafts.versions.length], [99, MOST_VERSIONS]);
});

test("large versions push old ones out, and a full browser keeps the draft", () => {
  const drafts = new Drafts(storage(), "main");
  for (const letter of "abc") drafts.add(version(letter.repeat(700_000)));
  assert.deepEqual(drafts.versions.map(({ text }) => text[0]), ["c", "b"]);
  const tight = new Drafts(storage(1000), "main");
  for (let at = 0; at < 8; at += 1) tight.add(version(`${at}`.repeat(100), at));
  assert.ok(tight.versions.length >= 1);
  assert.ok(tight.keep({ text: "x".repeat(700), base: "" }));
  assert.equal(tight.draft?.text.length, 700);
  assert.ok(!tight.keep({ text: "x".repeat(2000), base: "" }));
});

test("a browser that forbids storage, or holds nonsense, is no trouble", () => {
  const none = new Drafts(null, "main");
  none.add(version("x"));
  assert.deepEqual([none.draft, none.versions], [null, []]);
  const odd = storage();
  odd.setItem("remote-viewer.editor.main.draft", "{");
  odd.setItem("remote-viewer.editor.main.versions", '[1, null, {"text": 5}, {"text": "a", "at": 1}]');
  assert.equal(new Drafts(odd, "main").draft, null);
  assert.equal(new Drafts(odd, "main").versions.length, 1);
});

test("texts are told apart by a short fingerprint", () => {
  const texts = ["", "a", "b", "ab", "ba", "<mujoco/>", "<mujoco />", "x".repeat(1000), `${"x".repeat(999)}y`];
  assert.equal(new Set(texts.map(fingerprint)).size, texts.length);
  assert.equal(fingerprint("ab"), fingerprint("ab"));
});
