// What the minutes on the spot say, worked out from the package and a content that is to be signed or has been: pure, no
// DOM, no clock. How they look is in ui/minutes-sheet.ts. Words are those of the glossary for minutes: no "nặng", "nhẹ",
// no score, no band.
import { dayText, longDay } from "../core/dates";
import type { AnswerValue, Criterion, EntryData, Package, SignedContent } from "../core/types";
import { dossierRows, type DossierRow } from "./minutes_dossiers";
import { people, resultsOf, verified } from "./minutes_parts";
import { amendment, asks, basisOf, closing, countText, dossierText, hour, placeText, standard, text, under, unitName, unitWord } from "./minutes_words";

/** A signature as it was drawn, or refused with its reason. */
export interface Mark {
  side: "team" | "unit";
  name: string;
  position: string;
  path: string;
  refused: boolean;
  reason: string;
}
/** What is known of the signing; a draft has none. */
export interface Signing {
  digest: string;
  minuted_on: string;
  signatures: readonly Mark[];
  /** Digest of the minutes that these replace. */
  amends?: string | null;
}
export interface Person {
  name: string;
  position: string;
  /** Which meeting, when it was only one; "" for both. */
  meeting: string;
}
export interface Result {
  name: string;
  seen: number;
  conformity: number;
  opportunity: number;
  shortcoming: number;
  outside: number;
}
/** A shortcoming or a suggestion. `dossiers` and `photos` are numbers in the lists of the same minutes. */
export interface Finding {
  number: number;
  code: string;
  text: string;
  place: string;
  note: string;
  request: string;
  due: string;
  documents: readonly string[];
  dossiers: readonly number[];
  photos: readonly number[];
  word: { stance: Stance; said: string };
}
export interface Photo {
  number: number;
  sha256: string;
  code: string;
  caption: string;
  taken: string;
}
export interface Verified {
  text: string;
  result: string;
}
export type Stance = "none" | "agreed" | "opinion" | "reserved";
export interface Minutes {
  draft: boolean;
  reference: string;
  issuer: string;
  subject: string;
  basis: readonly string[];
  opening: string;
  team: readonly Person[];
  unit: readonly Person[];
  unitText: string;
  openingMeeting: string;
  closingMeeting: string;
  seen: string;
  results: readonly Result[];
  total: Result;
  dossierText: string;
  dossiers: readonly DossierRow[];
  verified: readonly Verified[];
  remarks: string;
  strengths: string;
  shortcomings: readonly Finding[];
  suggestions: readonly Finding[];
  asks: string;
  unitWord: string;
  opinion: string;
  closing: string;
  photos: readonly Photo[];
  secretary: string;
  sides: { unit: Side; team: Side };
  digest: string;
  amendment: string;
}
/** A place to sign: what stands above it, and what has been signed there. */
export interface Side {
  title: string;
  name: string;
  position: string;
  path: string;
  refused: string;
}

/** The minutes of an audit. Without `signing` they are the draft for the closing meeting. */
export function minutesOf(pack: Package, content: SignedContent, signing: Signing | null = null): Minutes {
  const answers = new Map(content.answers.map((each) => [each.criterion, each.value]));
  const meeting = content.entries["meeting"] ?? {};
  const dossiers = dossierRows(content.entries, content.minuted_on);
  const photos = photosOf(pack, answers, content.entries);
  const found = (grades: readonly string[]): Finding[] =>
    pack.checklist.criteria
      .filter((each) => grades.includes(answers.get(each.code)?.grade ?? ""))
      .map((each, at) => finding(pack, each, answers.get(each.code)!, at + 1, dossiers, photos, content.entries));
  const shortcomings = found(["minor", "major"]);
  const suggestions = found(["opportunity"]);
  const { results, total } = resultsOf(pack, answers);
  const unit = unitName(pack.unit);
  const attended = people(content.entries, "unit");
  return {
    draft: signing === null,
    reference: pack.audit,
    issuer: pack.province.office.toLocaleUpperCase("vi"),
    subject: `Kiểm tra việc xây dựng, áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo ${standard(pack)} tại ${unit}`,
    basis: basisOf(pack, text(meeting["basis"])),
    opening: `Hôm nay, ${hour(text(meeting["began"]))}, ${longDay(content.minuted_on)}, tại ${placeText(text(meeting["place"])) || `trụ sở ${unit}`}, Đoàn kiểm tra tiến hành kiểm tra ${MODES[pack.mode] ?? ""} việc xây dựng, áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng của ${unit} (cuộc kiểm tra số ${pack.audit}).`,
    team: people(content.entries, "team", pack),
    unit: attended,
    unitText: attended.length ? "" : (content.fields["present"] ?? ""),
    openingMeeting: text(meeting["opening"]),
    closingMeeting: text(meeting["closing"]),
    seen: `Đoàn kiểm tra căn cứ ${pack.checklist.title} (phiên bản ${pack.checklist.version}) xem xét ${LOOKED_AT[pack.mode] ?? ON_SITE}. Số nội dung thuộc phạm vi đã kiểm tra: ${countText(total.seen - total.outside)} (thực hiện đúng: ${countText(total.conformity)}; khuyến nghị: ${countText(total.opportunity)}; tồn tại, hạn chế cần khắc phục: ${countText(total.shortcoming)}); không thuộc phạm vi: ${countText(total.outside)}.`,
    results,
    total,
    dossierText: dossierText(dossiers),
    dossiers,
    verified: verified(pack, content.entries),
    remarks: content.fields["remarks"] ?? "",
    strengths: text(meeting["strengths"]),
    shortcomings,
    suggestions,
    asks: asks(pack, shortcomings.length),
    unitWord: unitWord([...shortcomings, ...suggestions]),
    opinion: content.fields["unit_opinion"] ?? "",
    closing: closing(meeting, signing, [...shortcomings, ...suggestions].some((each) => each.word.stance === "reserved")),
    photos,
    secretary: pack.team.find((each) => each.role === "secretary")?.name ?? "",
    sides: { unit: sideOf("unit", pack, signing), team: sideOf("team", pack, signing) },
    digest: signing?.digest ?? "",
    amendment: amendment(signing),
  };
}

const ON_SITE = "tài liệu, hồ sơ và trao đổi trực tiếp tại từng vị trí công việc";
const LOOKED_AT: Record<string, string> = { files: "báo cáo, tài liệu, hồ sơ do đơn vị gửi" };
const MODES: Record<string, string> = { on_site: "tại trụ sở", files: "qua hồ sơ, báo cáo", self: "theo hình thức tự đánh giá" };

function finding(
  pack: Package,
  criterion: Criterion,
  answer: AnswerValue,
  at: number,
  dossiers: readonly DossierRow[],
  photos: readonly Photo[],
  entries: Record<string, EntryData>,
): Finding {
  const word = entries[`word/${criterion.code}`];
  return {
    number: at,
    code: criterion.code,
    text: criterion.text,
    place: placeOf(pack, criterion),
    note: answer.note,
    request: answer.request,
    due: answer.due_on ? dayText(answer.due_on) : "",
    documents: answer.documents,
    dossiers: dossiers.filter((each) => answer.dossiers.includes(each.id)).map((each) => each.number),
    photos: photos.filter((each) => answer.evidence.includes(each.sha256)).map((each) => each.number),
    word: { stance: (text(word?.["stance"]) || "none") as Stance, said: text(word?.["text"]) },
  };
}

/** Where a criterion belongs: clause or rules, and the position at which it is met. */
function placeOf(pack: Package, criterion: Criterion): string {
  const position = pack.checklist.places.find((each) => each.code === criterion.where)?.name ?? "";
  const clause = criterion.clause ? `điều ${criterion.clause} ${standard(pack)}` : "quy định về áp dụng, công bố";
  return position ? `${clause}; vị trí: ${position}` : clause;
}

function photosOf(pack: Package, answers: Map<string, AnswerValue>, entries: Record<string, EntryData>): Photo[] {
  const found = new Map<string, string>();
  for (const each of pack.checklist.criteria) {
    for (const sha of answers.get(each.code)?.evidence ?? []) if (!found.has(sha)) found.set(sha, each.code);
  }
  for (const [name, data] of under(entries, "photo/")) {
    const sha = name.slice("photo/".length);
    if (!found.has(sha)) found.set(sha, text(data["criterion"]));
  }
  return [...found].map(([sha256, code], at) => {
    const told = entries[`photo/${sha256}`] ?? {};
    const lost = pack.evidence?.[sha256]?.lost ? "ảnh không còn" : "";
    const caption = [text(told["caption"]), lost].filter((each) => each !== "").join("; ");
    return { number: at + 1, sha256, code, caption, taken: text(told["taken_at"]) };
  });
}

function sideOf(side: "team" | "unit", pack: Package, signing: Signing | null): Side {
  const mark = signing?.signatures.find((each) => each.side === side);
  const head = pack.team.find((each) => each.role === "head");
  return {
    title: side === "unit" ? "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA" : "TRƯỞNG ĐOÀN KIỂM TRA",
    name: mark?.name ?? (side === "team" ? (head?.name ?? "") : ""),
    position: mark?.position ?? "",
    path: mark?.path ?? "",
    refused: mark?.refused ? `Không ký. Lý do: ${mark.reason}` : "",
  };
}

