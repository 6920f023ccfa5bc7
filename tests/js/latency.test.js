import assert from "node:assert/strict";
import { test } from "node:test";
import { HandToEye, RTP_PERIOD_S, ServerClock, Window, captureTime, wrappedDifference } from "../../client/latency.js";
import { Meter, reportOf } from "../../client/meter.js";

const near = (/** @type {number} */ a, /** @type {number} */ b, within = 1e-6) =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

test("the capture time undoes the RTP timestamp, across the wrap", () => {
  const origin = 0xfffffff0;
  for (const seconds of [0, 1.5, 40_000, RTP_PERIOD_S - 0.001]) {
    const timestamp = (origin + Math.round(seconds * 90_000)) >>> 0;
    near(captureTime(timestamp, origin), seconds, 1 / 90_000);
  }
});

test("a difference on a clock that comes round is the short way", () => {
  near(wrappedDifference(0.02, RTP_PERIOD_S - 0.01), 0.03);
  near(wrappedDifference(RTP_PERIOD_S - 0.01, 0.02), -0.03);
  near(wrappedDifference(5 * RTP_PERIOD_S + 7, 6.9), 0.1);
});

test("the exchange with the shortest way tells the clock", () => {
  const clock = new ServerClock();
  assert.equal(clock.offset, null);
  clock.add(10, 10.2, 110.19); // the answer was quick, the question slow
  clock.add(11, 11.01, 111.005);
  clock.add(12, 12.3, 112.01);
  near(clock.offset ?? NaN, 100);
  near(clock.rtt ?? NaN, 0.01);
});

test("an old exchange is forgotten, and an impossible one never taken", () => {
  const clock = new ServerClock();
  clock.add(1, 1.001, 51);
  clock.add(2, 1, 0);
  for (let i = 0; i < 20; i += 1) clock.add(i, i + 0.1, i + 70.05);
  near(clock.offset ?? NaN, 70);
});

test("median and p95 are of the last two seconds", () => {
  const values = new Window();
  for (let i = 0; i < 50; i += 1) values.add(0, 1000);
  for (let i = 1; i <= 100; i += 1) values.add(3 + i / 100, i);
  const summary = values.summary(4);
  assert.deepEqual(summary, { median: 51, p95: 96, count: 100 });
  assert.equal(values.summary(10), null);
});

test("hand to eye ends with the first picture that has the input", () => {
  const hands = new HandToEye();
  hands.sent(1, 5);
  assert.deepEqual(hands.applied(1, 105.02), []);
  assert.deepEqual(hands.shown(105.01, 5.03), []);
  const [delay] = hands.shown(105.02, 5.05);
  near(delay, 0.05);
  assert.deepEqual(hands.shown(105.04, 5.07), []);
});

test("hand to eye counts when the picture was faster than the news", () => {
  const hands = new HandToEye();
  hands.sent(1, 5);
  hands.shown(105.02, 5.05);
  const [delay] = hands.applied(1, 105.02);
  near(delay, 0.05);
  assert.deepEqual(hands.applied(1, 105.02), []);
  assert.deepEqual(hands.applied(99, 105.02), []);
});

test("hand to eye compares the server's clock with the wrapped one", () => {
  const hands = new HandToEye();
  hands.sent(1, 5);
  hands.applied(1, 3 * RTP_PERIOD_S + 2);
  assert.equal(hands.shown(2.001, 5.05).length, 1);
});

test("the meter says nothing where the browser gives no RTP timestamp", () => {
  const meter = new Meter();
  meter.clock.add(0, 0.001, 100);
  meter.setStream({ type: "stream_info", rtp_origin: 0, codec: "H.264", transport: "WebRTC" });
  meter.picture(1000, {});
  const metrics = meter.sample(1000, null);
  assert.equal(metrics.latencyMs, null);
  assert.equal(metrics.fpsShown, 1);
});

test("the meter measures capture to display on the server's clock", () => {
  const meter = new Meter();
  meter.clock.add(0, 0, 100);
  meter.setStream({ type: "stream_info", rtp_origin: 7, codec: "H.264", transport: "WebRTC" });
  meter.picture(1000, { rtpTimestamp: 7 + 90_000 * 100.96, expectedDisplayTime: 1010 });
  near(meter.sample(1000, null).latencyMs ?? NaN, 50, 0.1);
});

test("a report stays within the bounds of the protocol", () => {
  const metrics = { ...new Meter().sample(0, null), latencyMs: -5000, rttMs: NaN, freezes: 3, decodeMs: 1e9 };
  const report = reportOf(metrics);
  assert.equal(report.latency_ms, -1000);
  assert.equal(report.rtt_ms, null);
  assert.equal(report.decode_ms, 60_000);
  assert.equal(report.freezes, 3);
});
