import assert from "node:assert/strict";
import { test } from "node:test";

import { NO_PATH_MS, PROBE_WAITS_MS, TransportPolicy, askedTransport } from "../../client/transport.js";

const able = { asked: /** @type {const} */ (""), webRtc: true, webCodecs: true };
const well = {
  open: true,
  visible: true,
  shown: true,
  running: true,
  encodedFps: 60,
  lastPicture: 0,
  expectedSince: 0,
  aliveSince: 0,
};
const none = { ...well, shown: false, lastPicture: -Infinity };

/** A policy that fell to the WebSocket at 4000 ms because no UDP came through, and has given up on that connection. */
function fallen() {
  const policy = new TransportPolicy(able);
  policy.offered(500);
  assert.equal(policy.tick(4000, none), "ws");
  assert.equal(policy.broke(4001, "media_failed", true), "stop_probe");
  return policy;
}

test("the address may ask for a transport, and nothing else is taken for one", () => {
  assert.equal(askedTransport("?transport=ws"), "ws");
  assert.equal(askedTransport("?a=1&transport=mjpeg"), "mjpeg");
  assert.equal(askedTransport("?transport=carrier-pigeon"), "");
  assert.equal(askedTransport(""), "");
});

test("it begins with WebRTC and stays there while pictures come", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  policy.connected(200);
  for (let now = 250; now < 60_000; now += 250) assert.equal(policy.tick(now, { ...well, lastPicture: now - 16 }), null);
  assert.deepEqual([policy.way, policy.codec, policy.why], ["webrtc", "h264", ""]);
});

test("no path within two seconds: the WebSocket, and why", () => {
  const policy = new TransportPolicy(able);
  policy.offered(500);
  assert.equal(policy.tick(500 + NO_PATH_MS, none), null);
  assert.equal(policy.tick(501 + NO_PATH_MS, none), "ws");
  assert.equal(policy.way, "ws");
  assert.equal(policy.why, "no UDP path");
});

test("a connection that was only slow takes over when its pictures flow", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  assert.equal(policy.tick(2100, none), "ws");
  assert.equal(policy.probing, true);
  policy.connected(2500);
  policy.webRtcPicture(2600);
  assert.equal(policy.tick(3000, well), "webrtc");
});

test("one that does not come about is given up, and tried again at the first time that is due", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  policy.tick(2100, none);
  assert.equal(policy.tick(8100, well), "stop_probe");
  assert.equal(policy.tick(2099 + PROBE_WAITS_MS[0], well), null);
  assert.equal(policy.tick(2100 + PROBE_WAITS_MS[0], well), "probe");
});

test("connected without a picture counts only while the server has pictures", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  policy.connected(300);
  assert.equal(policy.tick(20_000, { ...none, expectedSince: Infinity }), null, "the scene still compiles");
  assert.equal(policy.tick(21_000, { ...none, expectedSince: 20_000 }), null);
  assert.equal(policy.tick(23_100, { ...none, expectedSince: 20_000 }), "ws");
  assert.equal(policy.why, "no picture came by WebRTC");
});

test("a hidden page and a lost signaling socket decide nothing", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  assert.equal(policy.tick(60_000, { ...none, visible: false }), null);
  assert.equal(policy.tick(60_000, { ...none, open: false }), null);
  assert.equal(policy.broke(60_000, "media_failed", false), null);
});

test("pictures that stop while the server goes on talking: the WebSocket", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  policy.connected(100);
  const silent = { ...well, lastPicture: 10_000 };
  assert.equal(policy.tick(12_900, silent), null);
  assert.equal(policy.tick(13_100, { ...silent, running: false }), null, "a paused picture stands still");
  assert.equal(policy.tick(13_100, { ...silent, encodedFps: 0 }), null, "the server makes none");
  assert.equal(policy.tick(13_100, { ...silent, aliveSince: Infinity }), null, "the whole network is gone");
  assert.equal(policy.tick(13_100, { ...silent, aliveSince: 12_000 }), null, "it is only just back");
  assert.equal(policy.tick(13_100, silent), "ws");
  assert.equal(policy.why, "pictures stopped coming by UDP");
});

test("every way that WebRTC can fail says why", () => {
  const whys = ["media_failed", "no_media", "webrtc_failed", "no_common_codec"].map((code) => {
    const policy = new TransportPolicy(able);
    policy.offered(0);
    assert.equal(policy.broke(10, code, true), "ws");
    return policy.why;
  });
  assert.deepEqual(whys, ["no UDP path", "no UDP path", "WebRTC could not start", "no video format in common by WebRTC"]);
});

test("a server that ends WebRTC once is asked again, twice is enough", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  assert.equal(policy.broke(1000, "media_closed", true), null);
  assert.equal(policy.broke(20_000, "media_closed", true), null);
  assert.equal(policy.broke(21_000, "media_closed", true), "ws");
});

test("it tries WebRTC again in the background, less and less often", () => {
  const policy = fallen();
  let now = 4000;
  for (const wait of [...PROBE_WAITS_MS, PROBE_WAITS_MS[3]]) {
    assert.equal(policy.tick(now + wait - 1, well), null);
    now += wait;
    assert.equal(policy.tick(now, well), "probe");
    assert.equal(policy.probing, true);
    assert.equal(policy.tick(now + 5000, well), null);
    now += 8001;
    assert.equal(policy.tick(now, well), "stop_probe");
    assert.equal(policy.why, "no UDP path");
  }
});

test("it goes back when pictures flow by WebRTC, and not before", () => {
  const policy = fallen();
  assert.equal(policy.tick(34_000, well), "probe");
  policy.connected(34_200);
  assert.equal(policy.tick(34_500, well), null);
  policy.webRtcPicture(34_600);
  assert.equal(policy.tick(34_700, well), null);
  assert.equal(policy.tick(34_900, well), "webrtc");
  assert.deepEqual([policy.way, policy.why, policy.probing], ["webrtc", "", false]);
});

test("a way back that did not hold is tried later the next time", () => {
  const policy = fallen();
  policy.tick(34_000, well);
  policy.webRtcPicture(34_100);
  assert.equal(policy.tick(34_500, well), "webrtc");
  assert.equal(policy.broke(40_000, "media_failed", true), "ws");
  assert.equal(policy.tick(40_000 + PROBE_WAITS_MS[1] - 1, well), null);
  assert.equal(policy.tick(40_000 + PROBE_WAITS_MS[1], well), "probe");
});

test("a probe that breaks is given up, and one from a new network comes at once", () => {
  const policy = fallen();
  policy.networkChanged(5000);
  assert.equal(policy.tick(5900, well), null);
  assert.equal(policy.tick(6000, well), "probe");
  assert.equal(policy.broke(6500, "media_failed", true), "stop_probe");
  assert.equal(policy.way, "ws");
});

test("a try that the network left behind makes way for a new one", () => {
  const policy = new TransportPolicy(able);
  policy.offered(0);
  policy.tick(2100, none);
  policy.networkChanged(3000);
  assert.equal(policy.tick(3250, well), "stop_probe");
  assert.equal(policy.tick(4000, well), "probe");
});

test("no probe before the WebSocket itself shows a picture", () => {
  assert.equal(fallen().tick(60_000, none), null);
});

test("what was asked for stays", () => {
  for (const asked of /** @type {const} */ (["ws", "mjpeg"])) {
    const policy = new TransportPolicy({ ...able, asked });
    assert.deepEqual([policy.way, policy.codec, policy.why], ["ws", asked === "mjpeg" ? "mjpeg" : "h264", "asked for"]);
    assert.equal(policy.tick(1e9, well), null);
  }
  const policy = new TransportPolicy({ ...able, asked: "webrtc" });
  policy.offered(0);
  assert.equal(policy.tick(1e9, none), null);
  assert.equal(policy.broke(1e9, "media_failed", true), null);
});

test("a page without WebCodecs gets single pictures, one without WebRTC the WebSocket", () => {
  const plain = new TransportPolicy({ ...able, webCodecs: false });
  plain.offered(0);
  plain.tick(4000, none);
  assert.equal(plain.codec, "mjpeg");
  assert.equal(plain.why, "no UDP path, no WebCodecs on this page");
  const old = new TransportPolicy({ ...able, webRtc: false });
  assert.deepEqual([old.way, old.why], ["ws", "no WebRTC in this browser"]);
  assert.equal(old.tick(1e9, well), null);
});

test("what cannot be decoded is replaced by single pictures, once", () => {
  const policy = fallen();
  assert.equal(policy.undecodable(), true);
  assert.equal(policy.codec, "mjpeg");
  assert.equal(policy.why, "no UDP path, H.264 could not be decoded");
  assert.equal(policy.undecodable(), false);
});

test("a server without a video socket leaves WebRTC", () => {
  const policy = new TransportPolicy({ ...able, asked: "ws" });
  policy.serverOffers(false);
  assert.equal(policy.way, "webrtc");
  policy.offered(0);
  assert.equal(policy.tick(1e9, none), null);
  assert.equal(policy.broke(1e9, "media_failed", true), null);
});

test("a WebSocket that does not open leads back to WebRTC for a while", () => {
  const policy = fallen();
  assert.equal(policy.socketBroke(5000), null);
  policy.socketWorked();
  for (const now of [6000, 7000]) assert.equal(policy.socketBroke(now), null);
  assert.equal(policy.socketBroke(8000), "webrtc");
  assert.equal(policy.way, "webrtc");
  policy.offered(8000);
  assert.equal(policy.tick(20_000, none), null);
  assert.equal(policy.tick(38_001, none), "ws");
});
