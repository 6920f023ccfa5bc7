import assert from "node:assert/strict";
import { test } from "node:test";

import { bannerOf, capital, codecWords, forPeople, withHint } from "../../client/words.js";

test("a codec is called what people call it", () => {
  assert.deepEqual(codecWords("H264 42e01f", "libx264"), { codec: "H.264", byEncoder: "x264" });
  assert.deepEqual(codecWords("H.264", "h264_nvenc"), { codec: "H.264", byEncoder: "nvenc" });
  assert.deepEqual(codecWords("VP8", "libx264"), { codec: "VP8", byEncoder: "" });
  assert.deepEqual(codecWords("", ""), { codec: "", byEncoder: "" });
});

test("a pause that has a reason says it, and how to go on", () => {
  const live = /** @type {any} */ ({ name: "live" });
  const paused = (/** @type {string} */ reason) => /** @type {any} */ ({ simulation: { state: "paused", reason } });
  assert.equal(bannerOf(live, paused(""), false, 0), null);
  const said = bannerOf(live, paused("The program ended; this is its last state"), false, 0);
  assert.equal(said?.text, "The program ended; this is its last state.");
  assert.equal(said?.action, "simulate");
});

test("without the server the picture is said to go on only while it moves", () => {
  const phase = /** @type {any} */ ({ name: "reconnecting", why: "The server went away", retryAt: 3000, picture: true });
  const status = (/** @type {string} */ state) => /** @type {any} */ ({ simulation: { state } });
  const text = (/** @type {string} */ state, /** @type {boolean} */ stale) => bannerOf(phase, status(state), stale, 0)?.text;
  assert.equal(text("running", false), "The server went away. The picture goes on. Next try in 3 s.");
  assert.equal(text("running", true), "The server went away. Next try in 3 s.");
  assert.equal(text("paused", false), "The server went away. Next try in 3 s.");
});

test("a hint follows its message as a sentence of its own, without the routes for programs", () => {
  assert.equal(withHint("no attribute 'typ'", "Did you mean type?"), "no attribute 'typ'. Did you mean type?");
  assert.equal(withHint("It is empty.", "Write one."), "It is empty. Write one.");
  assert.equal(withHint("nothing to add", ""), "nothing to add");
  assert.equal(forPeople("Start from a preset (GET /api/scene/presets)."), "Start from a preset.");
  assert.equal(forPeople("Drop it (a zip, say) on the page (POST /api/scene/upload), or not."), "Drop it (a zip, say) on the page, or not.");
});

test("a sentence begins with a capital, a name stays what it is", () => {
  assert.equal(capital("there is no earlier state"), "There is no earlier state");
  for (const name of ["robot.xml is no zip", "'upright' is taken", "qpos[3] is one", "MuJoCo refused"]) assert.equal(capital(name), name);
});
