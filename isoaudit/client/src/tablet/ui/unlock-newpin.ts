// A new PIN, given twice on the pad. Used where an account is made, recovered, or its PIN changed.
import type { TemplateResult } from "lit-html";
import { Pad, weak } from "./unlock-pad";

export class NewPin {
  private first = "";
  private problem = "";
  private readonly pad: Pad;

  constructor(
    private readonly refresh: () => void,
    private readonly chosen: (pin: string) => void,
  ) {
    this.pad = new Pad(refresh, (pin) => this.given(pin));
  }

  render(busy: boolean): TemplateResult {
    return this.pad.render({
      label: this.first === "" ? "Mã PIN mới (từ 6 chữ số)" : "Nhập lại mã PIN",
      done: this.first === "" ? "Tiếp" : "Xong",
      problem: this.problem,
      busy,
    });
  }

  /** Begin anew, and say why. */
  again(problem: string): void {
    this.first = "";
    this.problem = problem;
    this.pad.clear();
    this.refresh();
  }

  private given(pin: string): void {
    if (this.first === "") {
      this.problem = weak(pin);
      if (this.problem === "") this.first = pin;
      this.pad.clear();
    } else if (pin === this.first) {
      this.problem = "";
      this.chosen(pin);
    } else {
      this.again("Hai lần nhập không giống nhau. Hãy chọn lại.");
    }
  }
}
