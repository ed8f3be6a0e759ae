// The look of the sheet (NĐ 30/2020/NĐ-CP, annex I). It is text, because the file that is handed over carries it along;
// in the app it is a constructed style sheet, which the policy of the page allows.

/** The style of the sheet; `foot` stands at the bottom of every printed page. */
export function sheetStyle(foot: string): string {
  const said = foot.replace(/[^\p{L}\p{N} .,:/()…–-]/gu, "");
  return `
@page sheet { size: A4 portrait; margin: 20mm 17mm 20mm 30mm;
  @top-center { content: counter(page); font: 13pt "Times New Roman", Tinos, "Liberation Serif", serif; }
  @bottom-left { content: "${said}"; font: 8pt "Times New Roman", Tinos, "Liberation Serif", serif; } }
@page sheet:first { @top-center { content: none; } }
.sheet { position: relative; box-sizing: border-box; width: 210mm; max-width: 100%; min-height: 297mm; margin: 0 auto; padding: 20mm 17mm 20mm 30mm; overflow: hidden; background: #fff; color: #000; font: 14pt/1.35 "Times New Roman", Tinos, "Liberation Serif", "Noto Serif", serif; text-align: justify; overflow-wrap: break-word; }
.sheet *, .sheet *::before { box-sizing: border-box; }
.sheet p { margin: 0 0 6pt; text-indent: 1cm; text-wrap: auto; }
.sheet h1, .sheet h2, .sheet h3 { color: #000; font: inherit; font-weight: bold; text-wrap: auto; break-after: avoid; }
.sheet h1 { margin: 14pt 0 0; text-align: center; font-size: 15pt; }
.sheet h2 { margin: 12pt 0 6pt; text-transform: uppercase; text-align: left; }
.sheet h3 { margin: 6pt 0 6pt; text-indent: 1cm; text-align: left; }
.sheet ul { margin: 0 0 6pt; padding: 0; list-style: none; }
.sheet li { margin: 0 0 4pt; text-indent: 1cm; }
.sheet li::before { content: "- "; }
.sheet table { width: calc(100% - 2px); margin: 0 1px 8pt; border-collapse: collapse; background: none; font-size: 12pt; line-height: 1.25; text-align: left; }
.sheet th, .sheet td { padding: 3pt 4pt; border: 1px solid #000; background: none; color: #000; vertical-align: top; font-weight: normal; }
.sheet thead th { font-weight: bold; text-align: center; vertical-align: middle; background: none; }
.sheet tbody tr:last-child > * { border-bottom: 1px solid #000; }
.sheet tr { break-inside: avoid; }
.sheet thead { display: table-header-group; }
.sheet .sheet-mid, .sheet-counts td { text-align: center; }
.sheet-dossiers { table-layout: fixed; }
.sheet .sheet-dossiers { font-size: 11pt; }
.sheet-dossiers th:nth-child(1) { width: 5.5%; }
.sheet-dossiers th:nth-child(2) { width: 25%; }
.sheet-dossiers th:nth-child(3), .sheet-dossiers th:nth-child(4), .sheet-dossiers th:nth-child(5) { width: 13%; }
.sheet-dossiers th:nth-child(6) { width: 10%; }
.sheet-counts th:first-child { width: 42%; }
.sheet .sheet-sum > * { font-weight: bold; }
.sheet .sheet-note { white-space: pre-line; }
.sheet-head { display: flex; gap: 3mm; justify-content: space-between; text-align: center; line-height: 1.2; }
.sheet-head > div:first-child { flex: 66 1 0; }
.sheet-head > div:last-child { flex: 94 1 0; }
.sheet .sheet-head p { margin: 0 0 2pt; text-indent: 0; font-size: 13pt; text-wrap: balance; }
.sheet .sheet-head > div:first-child > p:first-child { font-size: 12pt; }
.sheet .sheet-head > div:last-child > p:first-child { font-size: 12.5pt; }
.sheet .sheet-issuer::after, .sheet .sheet-motto::after, .sheet .sheet-subject::after { content: ""; display: block; margin: 2pt auto 4pt; border-top: 1px solid #000; }
.sheet .sheet-issuer::after { width: 40%; }
.sheet .sheet-motto::after { width: 58mm; max-width: 100%; }
.sheet .sheet-subject { margin: 0 auto 12pt; max-width: 150mm; text-align: center; text-indent: 0; }
.sheet .sheet-subject::after { width: 45mm; }
.sheet .sheet-kind { margin: 10pt 0 0; text-align: center; text-indent: 0; }
.sheet .sheet-kind { display: table; margin: 12pt auto 0; padding: 1pt 10pt; border: 1.5px solid #000; font-weight: bold; letter-spacing: .1em; }
.sheet .sheet-basis { font-style: italic; }
.sheet-draft::before { content: "DỰ THẢO"; position: absolute; top: 110mm; left: 0; right: 0; margin: 0; text-align: center; text-indent: 0; color: rgb(0 0 0 / .08); font: bold 72pt "Times New Roman", Tinos, "Liberation Serif", serif; transform: rotate(-35deg); pointer-events: none; user-select: none; }
.sheet .sheet-asked { font-style: italic; }
.sheet .sheet-finding { margin: 0 0 8pt; }
.sheet-sign { display: flex; gap: 5mm; margin: 14pt 0 10pt; text-align: center; break-inside: avoid; }
.sheet-sign > div { flex: 1 1 0; display: flex; flex-direction: column; min-width: 0; }
.sheet .sheet-sign p { margin: 0 0 2pt; text-indent: 0; text-align: center; text-wrap: balance; }
.sheet-ink { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; min-height: 26mm; }
.sheet-ink svg { display: block; width: 52mm; max-width: 100%; height: auto; color: #10307a; }
.sheet .sheet-foot { margin: 10pt 0 0; padding-top: 4pt; border-top: 1px solid #000; text-indent: 0; font-size: 10pt; line-height: 1.3; }
.sheet .sheet-digest { font-family: "Liberation Mono", Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
.sheet .sheet-photos { break-before: page; }
@media screen { .sheet .sheet-photos { margin-top: 16mm; } }
@media screen and (max-width: 60rem) { .sheet { padding: 16mm 13mm 16mm 18mm; } .sheet .sheet-head p { font-size: 11.5pt; } .sheet .sheet-head > div > p:first-child { font-size: 10.5pt; } }
@media screen and (max-width: 44rem) {
  .sheet { width: auto; min-height: 0; padding: 1.25rem 1rem; font-size: 1rem; text-align: left; }
  .sheet-box { overflow-x: auto; }
  .sheet table, .sheet .sheet-dossiers { font-size: .9rem; }
  .sheet .sheet-dossiers { min-width: 40rem; }
  .sheet .sheet-counts { min-width: 32rem; }
  .sheet-head, .sheet-sign { flex-direction: column; }
  .sheet h1 { font-size: 1.15rem; }
}
@media print {
  .sheet { page: sheet; width: auto; max-width: none; min-height: 0; margin: 0; padding: 0; overflow: visible; border: 0; box-shadow: none; }
  .sheet-draft::before { content: "DỰ THẢO"; position: fixed; }
}`;
}
