// What is a second tap of the same gesture, and what is a tap of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { repeated, Shield } from "./taps";

test("the second tap on the same thing is ignored, a later or another one is not", () => {
  assert.equal(repeated("A-01 minor", 1000), false);
  assert.equal(repeated("A-01 minor", 1200), true);
  assert.equal(repeated("A-01 major", 1300), false);
  assert.equal(repeated("A-01 minor", 1400), false);
  assert.equal(repeated("A-01 minor", 2100), false);
});

test("a tap where a dialog was just closed does not reach what lay behind; elsewhere and later it does", () => {
  const shield = new Shield();
  assert.equal(shield.down({ x: 100, y: 100 }, 1000), false);
  assert.equal(shield.covers({ x: 100, y: 100 }, 1050), false);
  shield.close(1050);
  assert.equal(shield.covers({ x: 300, y: 100 }, 1100), false);
  assert.equal(shield.down({ x: 104, y: 98 }, 1400), true);
  assert.equal(shield.covers({ x: 104, y: 98 }, 1500), true); // its click
  assert.equal(shield.down({ x: 104, y: 98 }, 2000), false);
});

test("after a tap elsewhere, the place where a dialog was closed is free: another dialog's button may lie there", () => {
  const shield = new Shield();
  shield.down({ x: 100, y: 100 }, 1000);
  shield.close(1010);
  assert.equal(shield.down({ x: 300, y: 300 }, 1100), false);
  assert.equal(shield.down({ x: 100, y: 100 }, 1200), false);
});

test("a dialog closed by a key shields nothing", () => {
  const shield = new Shield();
  shield.down({ x: 100, y: 100 }, 1000);
  shield.close(5000);
  assert.equal(shield.down({ x: 100, y: 100 }, 5100), false);
  shield.key();
  shield.close(5150);
  assert.equal(shield.down({ x: 100, y: 100 }, 5200), false);
});
