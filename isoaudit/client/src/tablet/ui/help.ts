// Help that is part of the app: it opens without a network, locked or not. A line of steps for each thing that people ask.
import { html, type TemplateResult } from "lit-html";
import type { Page } from "./frame";
import { icon } from "./icons";

const PARTS: [title: string, lines: string[]][] = [
  ["Mang theo trước khi đi", [
    "Khi còn mạng: mở “Mang theo”, chọn cuộc kiểm tra, bấm “Mang theo”. Thẻ ghi “Có trên thiết bị từ …” là đã tải xong.",
    "Từ đó không cần mạng. Khi có mạng, ứng dụng tự đồng bộ; nút mũi tên vòng trên đầu trang đồng bộ ngay.",
  ]],
  ["Trả lời nội dung kiểm tra", [
    "Chạm một mức là ghi ngay. Chạm lại mức đang chọn là bỏ; “Hoàn tác” lấy lại bước vừa làm.",
    "“Ghi nhận” mở ô ghi bằng chứng, kiến nghị, thời hạn, ảnh, tài liệu, hồ sơ mẫu. “Cần xem gì” mở hướng dẫn của nội dung.",
    "Mức không phù hợp cần ghi nhận và thời hạn; mức không áp dụng cần lý do.",
    "Có câu trả lời làm hiện thêm nội dung cần hỏi; ứng dụng báo và có nút đi đến đó.",
  ]],
  ["Ảnh", [
    "Ảnh hiện ra để xem lại trước khi lưu: kéo ngón tay để che phần riêng tư. Không chụp giấy tờ tùy thân.",
    "Đang xem lại mà máy tắt hoặc khóa thì ảnh vẫn còn: mục “Nội dung” có dòng “Xem lại và lưu”.",
    "Thời điểm và vị trí chụp chỉ được giữ khi bật trong “Cài đặt”.",
  ]],
  ["Ký biên bản", [
    "Mục “Ký” kể ra những gì còn thiếu. Đủ rồi thì trưởng đoàn và đại diện đơn vị ký trên màn hình; bên không ký được ghi lý do.",
    "Ký xong, nội dung khóa lại. Muốn sửa, trưởng đoàn lập bản sửa đổi và ký lại.",
    "Biên bản chỉ thành chính thức khi mọi thiết bị đã mang cuộc này đã gửi xong, hoặc trưởng đoàn quyết định không chờ nữa.",
  ]],
  ["Gửi về máy chủ", [
    "Số trên nút đồng bộ là số mục chờ gửi. Chỉ những gì máy chủ đã xác nhận mới được xóa khỏi thiết bị, và còn lấy lại được trong 14 ngày.",
    "Hết phiên đăng nhập thì vẫn làm việc được; khi gửi, ứng dụng mời đăng nhập lại.",
    "Không có mạng lâu ngày: mở “Đồng bộ”, xuất phần chưa gửi ra tệp và giao cơ quan thường trực nhập.",
  ]],
  ["Hai người ghi khác nhau", [
    "Cả hai bản đều được giữ. Trưởng đoàn mở “Xung đột”, chọn một bản hoặc ghi bản hợp nhất; người khác xem được và chờ.",
  ]],
  ["Quên mã PIN", [
    "Ở màn hình khóa, bấm “Quên mã PIN” khi có mạng. Cơ quan thường trực xác minh rồi mở; sau đó đặt mã mới. Không mất dữ liệu.",
    "Nhập sai mười lần thì mã bị khóa; cách mở như trên.",
  ]],
  ["Mã PIN bảo vệ gì, không bảo vệ gì", [
    "Bảo vệ: dữ liệu của từng người trên thiết bị được mã hóa; máy mất, máy dùng chung thì người khác không đọc được. Ứng dụng tự khóa sau 15 phút không chạm.",
    "Không bảo vệ: khi đang mở khóa; khi người khác biết mã hoặc mã dễ đoán mà họ lấy được cả bộ nhớ máy; phần mềm độc hại trên máy; người giữ khóa phục hồi của máy chủ cùng với máy này; tệp đã xuất, biên bản đã in hoặc chia sẻ. Nên bật cả khóa màn hình của máy.",
  ]],
];

export const help: Page = {
  title: "Trợ giúp",
  back: "#/",
  anywhere: true,
  render(): TemplateResult {
    return html`<div class="page">
      <div class="page-head">
        <h1>Trợ giúp</h1>
        <p class="page-lead">Mở được khi không có mạng.</p>
      </div>
      <div class="panel">
        ${PARTS.map(
          ([title, lines]) => html`<details class="fold">
            <summary>${icon("right")}${title}</summary>
            <ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
          </details>`,
        )}
      </div>
    </div>`;
  },
};
