import assert from "node:assert/strict";
import { test } from "node:test";

import { acknowledgement, codecOf, parseVideoMessage } from "../../client/video-message.js";

const bytes = (/** @type {string} */ hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

test("the header is read as the server writes it", () => {
  const sent = bytes("010101070500" + "02d0" + "01020304" + "3ff8000000000000" + "aabb");
  const message = parseVideoMessage(sent.buffer);
  assert.ok(message);
  const { data, ...rest } = message;
  assert.deepEqual(rest, {
    idr: true,
    codec: "mjpeg",
    rung: 7,
    width: 1280,
    height: 720,
    pictureId: 0x01020304,
    capturedS: 1.5,
  });
  assert.deepEqual([...data], [0xaa, 0xbb]);
});

test("what is no picture is none", () => {
  assert.equal(parseVideoMessage(new ArrayBuffer(0)), null);
  assert.equal(parseVideoMessage(new ArrayBuffer(19)), null);
  assert.equal(parseVideoMessage(bytes("02" + "00".repeat(20)).buffer), null, "another version");
  assert.equal(parseVideoMessage(bytes("01000900" + "00".repeat(17)).buffer), null, "another codec");
});

test("an acknowledgement is the number, big-endian", () => {
  assert.deepEqual([...new Uint8Array(acknowledgement(0xfffefdfc))], [0xff, 0xfe, 0xfd, 0xfc]);
});

test("the codec comes from the sequence parameter set", () => {
  assert.equal(codecOf(bytes("00000001" + "6742c01fda" + "00000001" + "68ce")), "avc1.42C01F");
  assert.equal(codecOf(bytes("000001" + "09f0" + "000001" + "27640028ac")), "avc1.640028", "after an access unit delimiter");
  assert.equal(codecOf(bytes("00000001" + "6588840000")), null);
  assert.equal(codecOf(bytes("0000016742")), null, "cut off");
});
