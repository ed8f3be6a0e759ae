import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "./settings-unseen";

const AT = new Date(2026, 2, 5, 14, 7).toISOString();

test("a photo's file says where it belongs and when it was taken, and keeps the ending that the camera gave", () => {
  const line = { audit: "2020-KT-001", criterion: "B-4.1-01", at: AT, id: "019a0000-0000-7000-8000-0000000012ab" };
  const table: [string, string, string][] = [
    ["IMG_1.JPG", line.audit, "anh-chua-xem-2020-KT-001-B-4.1-01-20260305-1407-12ab.jpg"],
    ["chup.heic", line.audit, "anh-chua-xem-2020-KT-001-B-4.1-01-20260305-1407-12ab.heic"],
    ["ảnh", "01/KT-UBND", "anh-chua-xem-01-KT-UBND-B-4.1-01-20260305-1407-12ab.jpg"],
  ];
  for (const [name, audit, expected] of table) assert.equal(fileName({ ...line, name, audit }), expected);
});
