// Fields that are full: a browser cuts what goes beyond `maxlength` without a word. Here nothing is put in then, what was
// typed stays, and the person reads how much there is and how much would fit.
import { count } from "./frame-words";

export interface Room {
  /** Characters in the field, those of them that are selected, and the most it takes. */
  held: number;
  selected: number;
  most: number;
}

/** What to say when so many characters more do not fit; null when they do. */
export function tooMuch(room: Room, more: number): string | null {
  const free = Math.max(0, room.most - room.held + room.selected);
  if (more <= free) return null;
  if (more === 1) return `Ô này đã đủ ${count(room.most)} ký tự, không nhận thêm được. Những gì đã nhập vẫn giữ nguyên.`;
  return `Chưa đưa vào: đoạn này có ${count(more)} ký tự, ô chỉ còn chỗ cho ${count(free)} (nhiều nhất ${count(room.most)}). Những gì đã nhập vẫn giữ nguyên; hãy rút gọn hoặc chia ra nhiều ô.`;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

export function roomOf(field: Field): Room {
  const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  return { held: field.value.length, selected: to - from, most: field.maxLength };
}

/** Watch all fields of the window: typing, pasting, dictation, dropping. */
export function watchLimits(say: (text: string) => void): void {
  window.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) || field.maxLength <= 0) return;
    const put = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const said = event.inputType.startsWith("insert") ? tooMuch(roomOf(field), put.replace(/\r\n?/g, "\n").length) : null;
    if (said === null) return;
    event.preventDefault();
    if (field.closest("dialog") === null) say(said);
    else tell(field, said);
  });
}

/** Beside the field itself: behind a dialog a passing message is not seen. */
function tell(field: Field, said: string): void {
  field.setCustomValidity(said);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
  field.addEventListener("blur", () => field.setCustomValidity(""), { once: true });
}
