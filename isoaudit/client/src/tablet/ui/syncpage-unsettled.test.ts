import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditState, Package } from "../core/types";
import { packageOf } from "../testing/fixtures";
import { unsettledIn, unsettledWords } from "./syncpage-unsettled";

const standing = (conflict: boolean): never => ({ revision: 1, conflict, value: null, by: 7, at: "", contenders: [] }) as never;

test("what a package leaves to be settled is counted over all of it, and called late once the minutes are signed", () => {
  const parts: Partial<Package> = {
    answers: { "B-4.1-01": standing(true), "B-7.2-01": standing(false) },
    entries: { "dossier/1": standing(true) },
    fields: { remarks: standing(true) },
  };
  const said = (state: AuditState): string | null => {
    const left = unsettledIn(packageOf({ ...parts, state }));
    return left && unsettledWords(left);
  };
  assert.match(said("under_way") ?? "", /^3 nội dung xung đột/);
  for (const state of ["signed", "minuted", "concluded"] as const) assert.match(said(state) ?? "", /^3 nội dung đến sau chữ ký/);
  assert.equal(said("cancelled"), null);
  assert.equal(unsettledIn(packageOf({ answers: { "B-4.1-01": standing(false) } })), null);
});
