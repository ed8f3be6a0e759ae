// What came after the signing and waits for an amendment: said wherever the page says that everything is delivered. How it
// is settled is in conflict.ts.
import { countText } from "../model/minutes_words";

/** `open`: targets in conflict while the minutes are signed. None may be open at the signing, so all of them came late. */
export function lateWords(open: number): string {
  return open ? `Có ${countText(open)} nội dung đến sau chữ ký, chưa vào biên bản: xem ở Xung đột; đưa vào thì mở lại và ký lại.` : "";
}
