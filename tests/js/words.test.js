import assert from "node:assert/strict";
import { test } from "node:test";
import { SHORTCUTS, shortcutFor } from "../../client/keys.js";
import { refusesVideo } from "../../client/peer.js";
import { isStale, phaseOf } from "../../client/phase.js";
import { checkXml } from "../../client/scenes.js";
import { countersOf, ratesBetween } from "../../client/stats.js";
import { Watchdog } from "../../client/watchdog.js";
import { announcement, bannerOf, simulationWords, speedWords } from "../../client/words.js";

const FACTS = { refusal: null, socket: "opening", media: "negotiating", shown: false, hadLive: false, why: "", retryAt: null };
const status = (/** @type {object} */ simulation) =>
  /** @type {any} */ ({
    simulation: { state: "running", reason: "", time_s: 1, speed: 1, real_time_factor: 1, slow: false, ...simulation },
  });
const key = (/** @type {string} */ name, more = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test("connecting becomes live with the first picture, not before", () => {
  assert.equal(phaseOf(FACTS).name, "connecting");
  assert.equal(phaseOf({ ...FACTS, socket: "open", media: "connected" }).name, "connecting");
  assert.equal(phaseOf({ ...FACTS, socket: "open", media: "connected", shown: true }).name, "live");
});

test("a loss after live is a reconnection that says why and when", () => {
  const lost = phaseOf({
    ...FACTS,
    socket: "closed",
    media: "connected",
    shown: true,
    hadLive: true,
    why: "The server went away",
    retryAt: 3000,
  });
  assert.equal(lost.name, "reconnecting");
  const banner = bannerOf(lost, null, false, 500);
  assert.match(banner?.text ?? "", /The server went away\. The picture goes on\. Next try in 3 s\./);
  assert.equal(banner?.action, "retry");
});

test("a first try that failed counts down too", () => {
  assert.equal(phaseOf({ ...FACTS, socket: "closed", retryAt: 100 }).name, "reconnecting");
});

test("a refusal outranks everything", () => {
  const refused = phaseOf({
    ...FACTS,
    refusal: { code: "unauthorized", message: "No.", hint: "Ask." },
    socket: "open",
    shown: true,
  });
  assert.deepEqual([refused.name, refused.why, refused.code], ["refused", "No.", "unauthorized"]);
});

test("the picture is stale only while it should move and somebody looks", () => {
  const facts = { running: true, visible: true, shown: true, sinceLastPictureS: 1.2 };
  assert.equal(isStale(facts), true);
  for (const change of [{ running: false }, { visible: false }, { shown: false }, { sinceLastPictureS: 0.9 }]) {
    assert.equal(isStale({ ...facts, ...change }), false);
  }
});

test("each state of the simulation has its words and its way out", () => {
  const live = { ...phaseOf(FACTS), name: /** @type {const} */ ("live") };
  assert.equal(bannerOf(live, status({}), false, 0), null);
  assert.equal(bannerOf(live, status({ state: "paused" }), false, 0), null);
  assert.equal(bannerOf(live, status({ state: "diverged", reason: "NaN at t=1.2 s" }), false, 0)?.action, "reset");
  assert.equal(bannerOf(live, status({ state: "asleep" }), false, 0)?.action, "play");
  for (const state of ["restarting", "loading", "starting"])
    assert.equal(bannerOf(live, status({ state }), false, 0)?.busy, true);
  assert.match(bannerOf(live, status({}), true, 0)?.title ?? "", /stands still/);
  assert.equal(simulationWords(status({ slow: true, real_time_factor: 0.43 })).text, "slower than asked");
  assert.match(announcement(live, status({ state: "diverged", reason: "NaN" }), false), /diverged/);
});

test("speeds read as fractions", () => {
  assert.deepEqual([1 / 16, 0.25, 1, 4, 0.3].map(speedWords), ["1/16×", "1/4×", "1×", "4×", "0.30×"]);
});

test("keys are left alone where they mean something else", () => {
  assert.equal(shortcutFor(key(" "), "page")?.does, "Play or pause");
  assert.equal(shortcutFor(key(" "), "button"), null);
  assert.equal(shortcutFor(key("ArrowRight"), "button")?.does, "One step");
  assert.equal(shortcutFor(key("ArrowRight"), "choice"), null);
  for (const name of [" ", "?", "F2", "Backspace"]) assert.equal(shortcutFor(key(name), "text"), null);
  for (const chord of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
    assert.equal(shortcutFor(key("f", chord), "picture"), null);
});

test("what the browser uses elsewhere works on the picture only", () => {
  for (const name of ["F5", "f", "Home", "PageDown", "ArrowUp"]) {
    assert.equal(shortcutFor(key(name), "page"), null, name);
    assert.notEqual(shortcutFor(key(name), "picture"), null, name);
  }
  assert.equal(shortcutFor(key("ArrowLeft", { shiftKey: true }), "picture")?.group, "Camera");
});

test("no key has two meanings", () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
  assert.equal(new Set(keys).size, keys.length);
});

test("a video section with port 0 was turned down", () => {
  assert.equal(refusesVideo("v=0\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n"), true);
  assert.equal(refusesVideo("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=inactive\r\nm=application 9 x\r\n"), true);
  assert.equal(
    refusesVideo("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\nm=application 9 x\r\na=inactive\r\n"),
    false,
  );
});

test("a scene is looked at before it is sent", () => {
  checkXml('<mujoco model="a"/>');
  assert.throws(() => checkXml("<urdf/>"), /no MJCF/);
  assert.throws(() => checkXml(`<mujoco>${"é".repeat(500_001)}</mujoco>`), /1\.0 MB/);
});

test("rates are differences over time, and a counter that restarts gives no negative one", () => {
  const video = {
    type: "inbound-rtp",
    kind: "video",
    codecId: "c",
    timestamp: 1000,
    bytesReceived: 1000,
    framesDecoded: 10,
    packetsReceived: 100,
    packetsLost: 0,
    totalDecodeTime: 0.1,
    jitterBufferDelay: 0,
    jitterBufferEmittedCount: 10,
  };
  const report = (/** @type {object} */ more) =>
    new Map([
      ["v", { ...video, ...more }],
      ["c", { type: "codec", mimeType: "video/H264" }],
    ]);
  const before = countersOf(report({}));
  const after = countersOf(
    report({
      timestamp: 2000,
      bytesReceived: 126_000,
      framesDecoded: 40,
      packetsReceived: 190,
      packetsLost: 10,
      totalDecodeTime: 0.16,
    }),
  );
  assert.ok(before && after);
  const rates = ratesBetween(before, after);
  assert.equal(rates.fpsDecoded, 30);
  assert.equal(rates.bitrateBps, 1_000_000);
  assert.equal(rates.lossPercent, 10);
  assert.ok(Math.abs((rates.decodeMs ?? 0) - 2) < 1e-9);
  assert.equal(after.codec, "H.264");
  assert.equal(ratesBetween(after, before).bitrateBps, 0);
  assert.equal(countersOf(new Map()), null);
});

test("a picture that stands still is asked for, then the connection is made anew, and nobody is flooded", () => {
  const watchdog = new Watchdog();
  const acts = [];
  for (let now = 0; now <= 20; now += 0.25) {
    const act = watchdog.act(now, now);
    if (act) acts.push(`${now} ${act}`);
  }
  assert.deepEqual(acts.slice(0, 4), ["2.25 request_idr", "4.25 renew", "4.5 request_idr", "6.75 request_idr"]);
  assert.equal(acts.filter((act) => act.endsWith("renew")).length, 2);
  assert.equal(new Watchdog().act(100, 1.5), null);
});
