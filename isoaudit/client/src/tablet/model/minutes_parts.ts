// The lists of the minutes that are counted or gathered: who was there, results by part, what became of earlier findings.
import type { AnswerValue, EntryData, Grade, Package } from "../core/types";
import type { Person, Result, Verified } from "./minutes";
import { text, under } from "./minutes_words";

const VERIFIED: Record<string, string> = {
  done: "đã khắc phục",
  partly: "đã khắc phục một phần",
  not_done: "chưa khắc phục",
};

export function people(entries: Record<string, EntryData>, side: "team" | "unit", pack?: Package): Person[] {
  const found = under(entries, "attendance/")
    .filter(([, data]) => data["side"] === side && text(data["name"]))
    .map(([, data]) => ({
      name: text(data["name"]),
      position: text(data["position"]),
      meeting: { opening: "dự họp khai mạc", closing: "dự họp kết thúc" }[text(data["meeting"])] ?? "",
    }));
  if (found.length || !pack) return found.sort((one, other) => rank(one) - rank(other));
  return pack.team.map((each) => ({ name: each.name, position: ROLES[each.role] ?? "", meeting: "" }));
}

/** Heads before the others; the rest as they were entered. */
function rank(person: Person): number {
  const position = person.position.toLocaleLowerCase("vi");
  if (/^(trưởng đoàn|bí thư|chủ tịch|giám đốc|trưởng)/.test(position)) return 0;
  return /^phó/.test(position) ? 1 : /^thư ký/.test(position) ? 3 : 2;
}

export const ROLES: Record<string, string> = {
  head: "Trưởng đoàn",
  member: "Thành viên Đoàn kiểm tra",
  secretary: "Thư ký đoàn",
};

export function resultsOf(pack: Package, answers: Map<string, AnswerValue>): { results: Result[]; total: Result } {
  const titles = new Map(pack.checklist.clauses.map((each) => [each.number, each.title]));
  const rows = new Map<string, Result>();
  const total = nothing("Cộng");
  for (const each of pack.checklist.criteria) {
    const grade = answers.get(each.code)?.grade;
    if (!grade) continue;
    const chapter = each.part === "A" ? "" : (each.clause.split(".")[0] ?? "");
    const name = chapter ? `Điều ${chapter}. ${titles.get(chapter) ?? ""}`.replace(/\. $/, "") : "Phần A. Quy định về áp dụng, công bố";
    const row = rows.get(name) ?? nothing(name);
    rows.set(name, row);
    for (const line of [row, total]) {
      line.seen += 1;
      line[LINE[grade]] += 1;
    }
  }
  return { results: [...rows.values()], total };
}

const LINE: Record<Grade, "conformity" | "opportunity" | "shortcoming" | "outside"> = {
  conformity: "conformity",
  opportunity: "opportunity",
  minor: "shortcoming",
  major: "shortcoming",
  not_applicable: "outside",
};

function nothing(name: string): Result {
  return { name, seen: 0, conformity: 0, opportunity: 0, shortcoming: 0, outside: 0 };
}

/** The earlier findings that were looked at again, with what became of them. */
export function verified(pack: Package, entries: Record<string, EntryData>): Verified[] {
  const known = new Map(pack.earlier.map((each) => [`verify/${each.audit}:${each.criterion}`, each.description]));
  return under(entries, "verify/").map(([name, data]) => {
    const [audit, code] = name.slice("verify/".length).split(":");
    const result = VERIFIED[text(data["result"])] ?? "";
    const said = text(data["text"]);
    return { text: known.get(name) || `Nội dung ${code}, cuộc kiểm tra số ${audit}`, result: said ? `${result}: ${said}` : result };
  });
}
