// Words of the domain that the pages around an audit use: its state, purpose, manner, one's role in it.
import type { AuditState, TeamRole } from "../core/types";
import { badge, type Tone } from "./parts";
import type { TemplateResult } from "lit-html";

const STATES: Record<AuditState, [string, Tone, string]> = {
  planned: ["đã lên kế hoạch", "mute", "calendar"],
  under_way: ["đang kiểm tra", "info", "half"],
  signed: ["đã ký, chờ thiết bị", "wait", "clock"],
  minuted: ["đã lập biên bản", "good", "check"],
  concluded: ["đã thông báo kết luận", "good", "check"],
  cancelled: ["đã hủy", "bad", "slash"],
};
const ROLES: Record<TeamRole, string> = { head: "trưởng đoàn", member: "thành viên đoàn", secretary: "thư ký đoàn" };
const PURPOSES: Record<string, string> = { full: "toàn diện", follow_up: "phúc tra" };
const MODES: Record<string, string> = { on_site: "tại trụ sở", files: "qua hồ sơ, báo cáo", self: "tự đánh giá" };

export function stateBadge(state: AuditState): TemplateResult {
  const [word, tone, image] = STATES[state] ?? [state, "mute", "dot"];
  return badge(tone, image, word);
}

export function roleWord(role: TeamRole): string {
  return ROLES[role] ?? role;
}

export function mannerWords(purpose: string, mode: string, coreOnly: boolean): string {
  return [PURPOSES[purpose] ?? purpose, MODES[mode] ?? mode, coreOnly ? "bộ rút gọn" : ""].filter(Boolean).join(", ");
}

export const UNSYNCED = {
  operations: "thay đổi",
  photos: "ảnh",
  drafts: "nội dung đang nhập dở",
  waiting: "ảnh đã chụp chưa lưu",
} as const;

/** "3 thay đổi, 2 ảnh"; "" when nothing waits. */
export function unsentWords(unsent: Record<keyof typeof UNSYNCED, number>): string {
  return (Object.keys(UNSYNCED) as (keyof typeof UNSYNCED)[])
    .filter((key) => unsent[key] > 0)
    .map((key) => `${unsent[key]} ${UNSYNCED[key]}`)
    .join(", ");
}
