import assert from "node:assert/strict";
import { test } from "node:test";

import { codecWords } from "../../client/words.js";

test("a codec is called what people call it", () => {
  assert.deepEqual(codecWords("H264 42e01f", "libx264"), { codec: "H.264", byEncoder: "x264" });
  assert.deepEqual(codecWords("H.264", "h264_nvenc"), { codec: "H.264", byEncoder: "nvenc" });
  assert.deepEqual(codecWords("VP8", "libx264"), { codec: "VP8", byEncoder: "" });
  assert.deepEqual(codecWords("", ""), { codec: "", byEncoder: "" });
});
