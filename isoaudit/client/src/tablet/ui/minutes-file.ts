// The minutes as one file that opens and prints right on any computer: the sheet, its style, nothing from elsewhere. Giving it
// away is the system's sharing where it takes files, else a download.
import { render } from "lit-html";
import type { Minutes } from "../model/minutes";
import { download } from "./frame-file";
import { sheet } from "./minutes-sheet";
import { sheetStyle } from "./minutes-style";

const AROUND = "body{margin:0;padding:12px;background:#e6e8eb}@media print{body{padding:0;background:none}}";

/** What stands at the foot of every printed page. */
export function footOf(minutes: Minutes): string {
  const what = `Biên bản kiểm tra ${minutes.reference}`;
  if (minutes.draft) return `${what} – dự thảo`;
  return minutes.digest ? `${what} – mã nội dung ${minutes.digest.slice(0, 16)}` : what;
}

export function fileName(minutes: Minutes): string {
  const name = minutes.reference.replace(/[^\w.-]+/g, "-");
  const kind = minutes.draft ? "du-thao" : minutes.digest.slice(0, 8);
  return `${["bien-ban", name, kind].filter(Boolean).join("-")}.html`;
}

/** The whole file as text. */
export function fileText(minutes: Minutes): string {
  const box = document.createElement("div");
  render(sheet(minutes), box);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_COMMENT);
  const marks: Node[] = [];
  while (walker.nextNode()) marks.push(walker.currentNode);
  for (const mark of marks) mark.parentNode?.removeChild(mark);
  const title = `Biên bản kiểm tra ${minutes.reference}${minutes.draft ? " (dự thảo)" : ""}`.replace(/[<>&]/g, "");
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${AROUND}${sheetStyle(footOf(minutes))}</style></head><body>
${box.innerHTML.replace(/\n\s*\n+/g, "\n")}
</body></html>
`;
}

/** Hand the file over. True when it went out, false when the person left the choice of where to. */
export async function handOver(minutes: Minutes): Promise<boolean> {
  const file = new File([fileText(minutes)], fileName(minutes), { type: "text/html" });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title: file.name });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return false;
    }
  }
  download(file.name, file);
  return true;
}
