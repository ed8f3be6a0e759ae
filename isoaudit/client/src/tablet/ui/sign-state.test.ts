// What was drawn in a box is the signature of what lay there then, and of nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lay, type Form, type Party } from "./sign-state";

function party(): Party {
  let drawn = false;
  const pad = {
    get empty() {
      return !drawn;
    },
    draw: () => (drawn = true),
    clear: () => (drawn = false),
  };
  return { name: "Hồ Văn C", position: "Chủ tịch", refused: false, reason: "", pad: pad as unknown as Party["pad"] };
}

function draw(one: Party): void {
  (one.pad as unknown as { draw(): void }).draw();
}

test("strokes stay while the content is the same, and go when it is another", () => {
  const form: Form = { day: "", unit: party(), team: party(), tried: false, before: "" };
  assert.equal(lay(form, "một"), false);
  assert.equal(lay(form, "hai"), false); // nobody has signed yet
  draw(form.unit);
  assert.equal(lay(form, "hai"), false);
  assert.equal(form.unit.pad.empty, false);
  assert.equal(lay(form, "ba"), true); // a grade was changed after the unit's representative had signed
  assert.equal(form.unit.pad.empty, true);
  assert.equal(lay(form, "ba"), false);
});
