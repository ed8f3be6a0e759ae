// The minutes as a sheet of paper: one drawing for the screen, for print and for the file that is handed over. It holds no
// control and no icon; its look is in minutes-style.ts. Words that depend on the audit come from model/minutes.ts.
import { html, nothing, svg, type TemplateResult } from "lit-html";
import type { Finding, Minutes, Person, Result, Side } from "../model/minutes";
import { BLANK, countText, numbersText } from "../model/minutes_words";
import { INK_HEIGHT, INK_WIDTH } from "./sign-ink";

export function sheet(minutes: Minutes): TemplateResult {
  return html`<article class="sheet ${minutes.draft ? "sheet-draft" : ""}" lang="vi">
    ${head(minutes)}
    ${minutes.amendment ? html`<p><em>${minutes.amendment}</em></p>` : nothing}
    ${minutes.basis.map((line) => html`<p class="sheet-basis">${line};</p>`)}
    <p>${minutes.opening}</p>
    <h2>I. Thành phần</h2>
    <h3>1. Đoàn kiểm tra</h3>
    ${people(minutes.team)}
    <h3>2. Đơn vị được kiểm tra</h3>
    ${minutes.unit.length ? people(minutes.unit) : prose(minutes.unitText || BLANK)}
    <h2>II. Nội dung kiểm tra</h2>
    ${meeting("Họp khai mạc", minutes.openingMeeting)} ${results(minutes)} ${dossiers(minutes)} ${verified(minutes)}
    ${meeting("Họp kết thúc", minutes.closingMeeting)}
    <h2>III. Nhận xét của Đoàn kiểm tra</h2>
    ${minutes.remarks ? prose(minutes.remarks) : nothing}
    ${minutes.strengths ? html`<h3>Ưu điểm</h3>${prose(minutes.strengths)}` : nothing}
    ${minutes.remarks || minutes.strengths ? nothing : prose(minutes.draft ? BLANK : "Không có.")}
    <h2>IV. Tồn tại, hạn chế cần khắc phục</h2>
    ${minutes.shortcomings.length ? minutes.shortcomings.map((each) => finding(each)) : prose("Không có.")}
    <h2>V. Khuyến nghị</h2>
    ${minutes.suggestions.length ? minutes.suggestions.map((each) => finding(each)) : prose("Không có.")}
    <h2>VI. Yêu cầu đối với đơn vị</h2>
    ${prose(minutes.asks)} ${requests(minutes)}
    <h2>VII. Ý kiến của đơn vị được kiểm tra</h2>
    ${minutes.unitWord ? prose(minutes.unitWord) : nothing}
    ${[...minutes.shortcomings, ...minutes.suggestions].some((each) => each.word.said) ? words(minutes) : nothing}
    ${minutes.opinion ? prose(minutes.opinion) : nothing}
    ${minutes.unitWord || minutes.opinion ? nothing : prose(minutes.draft ? BLANK : "Không có ý kiến khác.")}
    <p>${minutes.closing}</p>
    ${signatures(minutes)} ${foot(minutes)} ${photos(minutes)}
  </article>`;
}

function head(minutes: Minutes): TemplateResult {
  return html`<header class="sheet-head">
      <div>
        <p>${minutes.issuer}</p>
        <p class="sheet-issuer"><strong>ĐOÀN KIỂM TRA</strong></p>
        <p>Số: ……/BB-ĐKT</p>
      </div>
      <div>
        <p><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong></p>
        <p class="sheet-motto"><strong>Độc lập - Tự do - Hạnh phúc</strong></p>
      </div>
    </header>
    ${minutes.draft ? html`<p class="sheet-kind">DỰ THẢO</p>` : nothing}
    <h1>BIÊN BẢN</h1>
    <p class="sheet-subject"><strong>${minutes.subject}</strong></p>`;
}

function people(persons: readonly Person[]): TemplateResult {
  return html`<ul>
    ${persons.map(
      (each, at) => html`<li>
        ${each.name}${each.position ? `, ${each.position}` : ""}${each.meeting ? ` (${each.meeting})` : ""}${at === persons.length - 1 ? "." : ";"}
      </li>`,
    )}
  </ul>`;
}

function meeting(name: string, said: string): unknown {
  return said ? html`<h3>${name}</h3>${prose(said)}` : nothing;
}

function results(minutes: Minutes): TemplateResult {
  const row = (each: Result, last = false): TemplateResult => html`<tr class=${last ? "sheet-sum" : ""}>
    <th scope="row">${each.name}</th>
    <td>${each.seen}</td>
    <td>${each.conformity}</td>
    <td>${each.opportunity}</td>
    <td>${each.shortcoming}</td>
    <td>${each.outside}</td>
  </tr>`;
  return html`<h3>Nội dung đã kiểm tra</h3>
    <p>${minutes.seen}</p>
    <div class="sheet-box" role="region" tabindex="0" aria-label="Kết quả kiểm tra"><table class="sheet-counts">
      <thead>
        <tr>
          <th scope="col">Phần</th>
          <th scope="col">Nội dung</th>
          <th scope="col">Thực hiện đúng</th>
          <th scope="col">Khuyến nghị</th>
          <th scope="col">Tồn tại, hạn chế</th>
          <th scope="col">Không thuộc phạm vi</th>
        </tr>
      </thead>
      <tbody>
        ${minutes.results.map((each) => row(each))} ${row(minutes.total, true)}
      </tbody>
    </table></div>`;
}

function dossiers(minutes: Minutes): unknown {
  if (!minutes.dossiers.length) return nothing;
  return html`<h3>Hồ sơ thủ tục hành chính đã xem xét</h3>
    <p>${minutes.dossierText}</p>
    <div class="sheet-box" role="region" tabindex="0" aria-label="Hồ sơ thủ tục hành chính đã xem xét"><table class="sheet-dossiers">
      <thead>
        <tr>
          <th scope="col">TT</th>
          <th scope="col">Hồ sơ, thủ tục hành chính</th>
          <th scope="col">Ngày tiếp nhận</th>
          <th scope="col">Ngày hẹn trả</th>
          <th scope="col">Ngày trả</th>
          <th scope="col">Quá hạn (ngày, kể cả ngày nghỉ)</th>
          <th scope="col">Kết quả xem xét</th>
        </tr>
      </thead>
      <tbody>
        ${minutes.dossiers.map(
          (each) => html`<tr>
            <td class="sheet-mid">${each.number}</td>
            <td>
              ${each.code}${each.procedure ? html`<br />${each.procedure}` : nothing}${each.field ? html`<br /><em>${each.field}</em>` : nothing}
            </td>
            <td class="sheet-mid">${each.received || "–"}</td>
            <td class="sheet-mid">${each.due || "–"}</td>
            <td class="sheet-mid">${each.returned || "chưa trả"}</td>
            <td class="sheet-mid">${each.late}</td>
            <td>${each.found}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}

function verified(minutes: Minutes): unknown {
  if (!minutes.verified.length) return nothing;
  return html`<h3>Việc khắc phục tồn tại, hạn chế của lần kiểm tra trước</h3>
    <div class="sheet-box" role="region" tabindex="0" aria-label="Việc khắc phục tồn tại, hạn chế của lần kiểm tra trước"><table>
      <thead>
        <tr>
          <th scope="col">TT</th>
          <th scope="col">Tồn tại, hạn chế</th>
          <th scope="col">Kết quả kiểm tra việc khắc phục</th>
        </tr>
      </thead>
      <tbody>
        ${minutes.verified.map(
          (each, at) => html`<tr>
            <td class="sheet-mid">${at + 1}</td>
            <td>${each.text}</td>
            <td>${each.result}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}

function finding(each: Finding): TemplateResult {
  const proofs = [
    each.documents.length ? `tài liệu đã xem: ${each.documents.join("; ")}` : "",
    each.dossiers.length ? `hồ sơ số ${numbersText(each.dossiers)} tại danh sách hồ sơ đã xem xét` : "",
    each.photos.length ? `ảnh số ${numbersText(each.photos)}` : "",
  ].filter(Boolean);
  return html`<section class="sheet-finding" data-code=${each.code}>
    <p class="sheet-note">${each.number}. ${each.note || each.request || BLANK}</p>
    <p class="sheet-asked">Nội dung kiểm tra ${each.code} (${each.place}): ${each.text}</p>
    ${proofs.length ? html`<p>Bằng chứng: ${proofs.join("; ")}.</p>` : nothing}
  </section>`;
}

function requests(minutes: Minutes): unknown {
  const asked = minutes.suggestions.filter((each) => each.request && each.note);
  if (!minutes.shortcomings.length && !asked.length) return nothing;
  return html`<div class="sheet-box" role="region" tabindex="0" aria-label="Yêu cầu đối với đơn vị"><table class="sheet-requests">
    <thead>
      <tr>
        <th scope="col">TT</th>
        <th scope="col">Yêu cầu</th>
        <th scope="col">Thời hạn hoàn thành</th>
      </tr>
    </thead>
    <tbody>
      ${minutes.shortcomings.map(
        (each) => html`<tr data-code=${each.code}>
          <td class="sheet-mid">${each.number}</td>
          <td class="sheet-note">${each.request || `Khắc phục tồn tại, hạn chế số ${countText(each.number)} nêu tại mục IV.`}</td>
          <td class="sheet-mid">${each.due || "……/……/……"}</td>
        </tr>`,
      )}
      ${asked.map(
        (each) => html`<tr data-code=${each.code}>
          <td class="sheet-mid">V.${each.number}</td>
          <td class="sheet-note">${each.request}</td>
          <td class="sheet-mid">${each.due || "–"}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

const STANCES = { none: "", agreed: "nhất trí", opinion: "có ý kiến", reserved: "bảo lưu ý kiến" };

function words(minutes: Minutes): TemplateResult {
  const said = (list: readonly Finding[], section: string): unknown =>
    list
      .filter((each) => each.word.said)
      .map((each) => html`<li>Nội dung số ${countText(each.number)} mục ${section}: ${STANCES[each.word.stance]}: ${each.word.said}</li>`);
  return html`<ul class="sheet-words">
    ${said(minutes.shortcomings, "IV")} ${said(minutes.suggestions, "V")}
  </ul>`;
}

function signatures(minutes: Minutes): TemplateResult {
  return html`<div class="sheet-sign">
    ${place(minutes.sides.unit)}
    ${minutes.secretary ? place({ title: "THƯ KÝ ĐOÀN", name: minutes.secretary, position: "", path: "", refused: "" }) : nothing}
    ${place(minutes.sides.team)}
  </div>`;
}

function place(side: Side): TemplateResult {
  return html`<div>
    <p><strong>${side.title}</strong></p>
    ${side.position && !side.title.startsWith("TRƯỞNG ĐOÀN") ? html`<p>${side.position}</p>` : nothing}
    <div class="sheet-ink">
      ${side.path
        ? html`<svg viewBox="0 0 ${INK_WIDTH} ${INK_HEIGHT}" role="img" aria-label=${`Chữ ký của ${side.name}`}>
            ${svg`<path d=${side.path} fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>`}
          </svg>`
        : nothing}
      ${side.refused ? html`<p><em>${side.refused}</em></p>` : nothing}
    </div>
    <p><strong>${side.name}</strong></p>
  </div>`;
}

function foot(minutes: Minutes): unknown {
  if (minutes.draft) return html`<p class="sheet-foot">Bản dự thảo lập trên thiết bị để trình bày tại cuộc họp kết thúc; chưa có giá trị ký kết.</p>`;
  if (!minutes.digest) return nothing;
  return html`<p class="sheet-foot">
    Mã nội dung đã ký (SHA-256): <span class="sheet-digest">${minutes.digest}</span>. Chữ ký trên thiết bị ghi nhận ý kiến của hai bên
    tại chỗ; bản chính là bản giấy có chữ ký, đóng dấu hoặc bản được ký số.
  </p>`;
}

function photos(minutes: Minutes): unknown {
  if (!minutes.photos.length) return nothing;
  return html`<section class="sheet-photos">
    <h2>Danh mục ảnh chụp làm bằng chứng</h2>
    <div class="sheet-box" role="region" tabindex="0" aria-label="Danh mục ảnh chụp làm bằng chứng"><table>
      <thead>
        <tr>
          <th scope="col">Ảnh số</th>
          <th scope="col">Nội dung kiểm tra</th>
          <th scope="col">Chú thích</th>
          <th scope="col">Mã ảnh</th>
        </tr>
      </thead>
      <tbody>
        ${minutes.photos.map(
          (each) => html`<tr>
            <td class="sheet-mid">${countText(each.number)}</td>
            <td>${each.code || "–"}</td>
            <td>${each.caption || "–"}</td>
            <td class="sheet-digest">${each.sha256.slice(0, 16)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>
  </section>`;
}

function prose(text: string): TemplateResult {
  return html`${text.split(/\n+/).map((line) => html`<p>${line}</p>`)}`;
}
