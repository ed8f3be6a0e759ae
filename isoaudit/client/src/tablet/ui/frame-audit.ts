// The audit that is open: its model, the lock that keeps an update from taking over meanwhile, what is told when a writing
// fails, and how far it was when it was closed.
import { AuditModel } from "../model/audit";
import { StorageFull } from "../store/errors";
import type { Store } from "../store/store";
import { hold, type Held } from "./frame-locks";
import { showSaving } from "./frame-view";
import type { Notice } from "./frame";
import type { Far } from "./home";

/** Held shared while an audit is open; an update takes over only when it can be had alone. */
export const AUDIT_LOCK = "isoaudit-audit-open";

export class OpenAudit {
  private constructor(
    readonly model: AuditModel,
    private readonly store: Store,
    private readonly lock: Held,
  ) {}

  /** `changed` is told of everything that has to be drawn anew, `trouble` of writings that failed or go again (null). */
  static async open(store: Store, audit: string, changed: () => void, trouble: (notice: Notice | null) => void): Promise<OpenAudit> {
    const lock = await hold(AUDIT_LOCK, "shared");
    try {
      const model = await AuditModel.open(store, audit);
      model.addEventListener("change", changed);
      model.addEventListener("saving", (event) => {
        const { error } = (event as CustomEvent<{ error?: unknown }>).detail;
        showSaving(model.saving);
        trouble(model.saving === "failed" ? unwritten(error) : null);
        changed();
      });
      return new OpenAudit(model, store, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Commit what is being typed and let go. `keep`: note how far it is, for the list of audits. */
  async close(keep: boolean): Promise<void> {
    const { none, ...given } = this.model.counts();
    const answered = Object.values(given).reduce((sum, number) => sum + number, 0);
    try {
      await this.model.close();
      if (keep) await this.store.settings.put(`far/${this.model.pack.audit}`, { answered, asked: answered + none } satisfies Far);
    } finally {
      this.lock.release();
    }
  }
}

function unwritten(error: unknown): Notice {
  if (!(error instanceof StorageFull)) {
    return { tone: "bad", text: "Chưa ghi được nội dung vừa nhập vào thiết bị. Đừng đóng ứng dụng; ứng dụng đang thử lại." };
  }
  return {
    tone: "bad",
    text: "Thiết bị hết chỗ lưu: nội dung vừa nhập chưa được ghi. Đừng đóng ứng dụng; hãy đồng bộ, bỏ bớt cuộc đã gửi xong hoặc giải phóng bộ nhớ rồi nhập tiếp.",
    act: { label: "Xem bộ nhớ", to: "#/dong-bo" },
  };
}
