import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, toHex } from "../../client/colour.js";

test("a colour goes to the browser's form and comes back", () => {
  assert.equal(toHex([1, 0.5, 0]), "#ff8000");
  assert.deepEqual(fromHex("#ff8000"), [1, 0.502, 0]);
  assert.equal(toHex(fromHex("#1a2b3c")), "#1a2b3c");
  assert.equal(toHex([2, -1, 0.2, 0.5]), "#ff0033");
});
