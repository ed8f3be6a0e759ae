import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleLacks } from "./sample";

test("a commune's sample is five dossiers of three fields at least; other units are asked for none", () => {
  const table: [string, number, number, string][] = [
    ["commune", 1, 1, "Mỗi xã lấy 05–10 hồ sơ từ ít nhất 03 lĩnh vực: cần thêm ít nhất 04 hồ sơ, cần có ít nhất 03 lĩnh vực."],
    ["ward", 5, 2, "Mỗi xã lấy 05–10 hồ sơ từ ít nhất 03 lĩnh vực: cần có ít nhất 03 lĩnh vực."],
    ["commune", 5, 3, ""],
    ["department", 0, 0, ""],
  ];
  for (const [kind, dossiers, fields, words] of table) assert.equal(sampleLacks(kind, dossiers, fields), words);
});
