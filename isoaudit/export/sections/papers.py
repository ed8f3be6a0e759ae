"""Sheets "Văn bản" and "Cách tính số liệu": what the figures rest on, told to the reader of the report."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.proposal import Reason
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import DocumentRow
from isoaudit.export.sections.compared_lines import ALL_CONCERNED, basis_words
from isoaudit.export.sections.words import numbered, sentence
from isoaudit.export.tables import Cell, Column, Kind, Row, Sheet, Table

CITING = {
    "declaration": "công bố",
    "milestone": "nội dung đã thực hiện",
    "activity": "hoạt động hằng năm",
    "procedures": "số liệu TTHC",
    "exemption": "không thuộc đối tượng",
    "obligation": "diện áp dụng",
    "task": "nhiệm vụ",
    "decision": "quyết định của Ban Chỉ đạo",
    "programme": "kế hoạch kiểm tra",
    "unit_event": "sắp xếp đơn vị",
    "decision_step": "theo dõi quyết định của Ban Chỉ đạo",
    "notice": "thông báo kết luận",
    "source": "cuộc kiểm tra của cơ quan khác",
    "finding": "xử lý tồn tại, hạn chế",
    "objective": "mục tiêu chất lượng",
    "report_duty": "báo cáo của đơn vị",
    "money": "kinh phí",
    "publication": "công bố TTHC",
    "update": "cập nhật quy trình",
}
"""The kinds of record that can rest on a document, as running text calls them."""


def cited_words(document: DocumentRow) -> str:
    """What rests on the document: "công bố (3), nhiệm vụ"; empty for nothing."""
    told = [(words, document.cited[kind]) for kind, words in CITING.items() if kind in document.cited]
    return sentence(", ".join(words if number == 1 else f"{words} ({number})" for words, number in told))


def documents(content: ReportContent) -> Sheet:
    """The sheet "Văn bản": the documents of the register on which the year's work rests."""
    columns = (
        Column("number", "TT", 6, Kind.CENTRE),
        Column("document", "Số, ký hiệu", 18),
        Column("kind", "Loại văn bản", 13),
        Column("issued_on", "Ngày ban hành", 13, Kind.DATE),
        Column("issuer", "Cơ quan ban hành", 26),
        Column("subject", "Trích yếu", 66),
        Column("cited", "Làm căn cứ cho", 24),
    )
    rows: list[tuple[Cell, ...]] = [
        (each.number, each.kind, each.issued_on, each.issuer, each.subject, cited_words(each))
        for each in content.documents
    ]
    return Sheet(
        "Văn bản",
        f"Văn bản về áp dụng hệ thống quản lý chất lượng, số liệu {content.period_name}",
        (Table("documents", columns, numbered(rows), filtered=True),),
        frozen=2,
        repeat="documents",
    )


def method(content: ReportContent) -> Sheet:
    """The sheet "Cách tính số liệu": cut-off, rules in plain words, digests."""
    columns = (Column("number", "TT", 6, Kind.CENTRE), Column("what", "Nội dung", 32), Column("how", "Cách tính", 128))
    rows = [Row((number, *words)) for number, words in enumerate(_rules(content), 1)]
    digests = (
        Column("number", "TT", 6, Kind.CENTRE),
        Column("what", "Phiếu kiểm tra, phiên bản", 32),
        Column("digest", "Tên phiếu; mã băm SHA-256 của tệp", 128),
    )
    used: list[tuple[Cell, ...]] = [
        (f"{each.id} {each.version}", f"{each.title}\n{each.digest}") for each in content.checklists
    ]
    traces = [
        Row((None, "Mã băm của bảng tổng hợp", content.rollup["digest"])),
        *numbered(used),
    ]
    return Sheet(
        "Cách tính số liệu",
        "Cách tính số liệu",
        (
            Table("rules", columns, tuple(rows), "1. Quy ước"),
            Table("digests", digests, tuple(traces) if used else tuple(traces[:1]), "2. Dấu vết để đối chiếu"),
        ),
        repeat="rules",
    )


def _comparison(content: ReportContent) -> str:
    """How two days are compared over mergers."""
    if content.compared is None:
        return "Kỳ trước không có số liệu nên không so sánh."
    told = [f"{basis_words(content.compared)}. Tăng, giảm là hiệu hai tỷ lệ đã làm tròn"]
    if content.compared.rebased:
        told.append(
            "Số liệu trước, quy đổi, của một đơn vị là của chính nó khi chỉ đổi tên, mã, loại; của đơn vị nhận địa bàn "
            f"của các đơn vị khác thì mỗi đơn vị hiện nay tính một lần, chỉ tính là đạt khi {ALL_CONCERNED}"
        )
    if content.compared.apart:
        told.append(f"Bảng quy đổi {content.compared.apart}")
    if content.compared.merged:
        told.append(
            "Bảng theo địa bàn cũ đếm cả hai ngày theo đơn vị của ngày trước: cột sau là tình trạng của đơn vị nay phụ "
            "trách, nơi không còn đơn vị nào thì không tính ở cả hai ngày. Bảng mỗi ngày theo đơn vị khi đó cộng lại "
            "bằng số của chính kỳ đó, không tính tăng, giảm"
        )
    return ". ".join(told) + "."


def _rules(content: ReportContent) -> list[tuple[str, str]]:
    """What each figure means, in words of our own, in the order of the sheets."""
    names, day = content.conversion, short_date(content.as_of)
    conditions = "; ".join(f"{each.name} (hạn {short_date(each.due_on)})" for each in content.conditions)
    weights = "; ".join(f"{step.name}: {step.weight}" for step in names.steps)
    bands = "; ".join(f"{band.name}: {band.conditions}" for band in content.bands if band.conditions)
    baseline = (
        f"Đơn vị còn hoạt động đến ngày chốt, không được miễn, mà bản thân hoặc đơn vị tiền thân đang công bố áp dụng "
        f"tại ngày {short_date(names.baseline)} và đã từng công bố {names.from_name}. "
        if names.baseline
        else "Đợt chuyển đổi này chưa có ngày xác định số thuộc diện. "
    )
    return [
        (
            "Kỳ và ngày chốt số liệu",
            f"Kỳ từ ngày {short_date(content.first_day)}; số liệu tính đến hết ngày {day}. Một việc được tính khi "
            "ngày của chính việc đó không sau ngày chốt, bất kể được nhập vào lúc nào.",
        ),
        (
            "Đơn vị và khối",
            "Đếm các đơn vị đang hoạt động vào ngày chốt, theo ba khối: sở, ban, ngành (gồm chi cục); cấp huyện; "
            "cấp xã. Khối không còn đơn vị nào thì không in. Đơn vị kết thúc trong kỳ được liệt kê riêng. Đơn vị chỉ "
            "đổi tên, đổi mã hoặc nhận thêm đơn vị khác vẫn là đơn vị cũ; đơn vị mới do hợp nhất thì bắt đầu lại, "
            "cần công bố lại nếu đơn vị cũ đã công bố.",
        ),
        (
            "Không thuộc đối tượng áp dụng",
            "Được liệt kê kèm lý do, có trong tổng số đơn vị nhưng không nằm trong bất kỳ số đếm hay mẫu số nào khác.",
        ),
        (
            "Diện áp dụng",
            "Nếu không có văn bản riêng: sở, ban, ngành và cấp huyện là bắt buộc, cấp xã là khuyến khích; "
            "lộ trình của tỉnh có thể đưa đơn vị cấp xã vào diện phải áp dụng.",
        ),
        (
            "Tỷ lệ đã công bố",
            "Số đơn vị mà bản công bố đang có hiệu lực theo phiên bản còn được công nhận vào ngày chốt, chia cho số "
            "đơn vị xem xét (tổng số trừ số không thuộc đối tượng). Công bố phiên bản mới thay cho phiên bản cũ.",
        ),
        (
            "Thuộc diện chuyển đổi, tỷ lệ chuyển đổi",
            f"{baseline}Tỷ lệ chuyển đổi là số đã chuyển đổi trong số đó. Cột giảm do sắp xếp, sáp nhập là số đơn vị "
            "thuộc diện vào ngày xác định nhưng nay không còn.",
        ),
        (
            "Trạng thái",
            f"Đã chuyển đổi: đang công bố {names.to_name} trở lên và trước đó đã có công bố phiên bản cũ (của mình "
            f"hoặc của đơn vị tiền thân). Xây dựng, áp dụng mới: công bố ngay {names.to_name}. Đang chuyển đổi, chưa "
            "chuyển đổi: còn ở phiên bản cũ, đã hoặc chưa thực hiện nội dung nào. Mỗi đơn vị có đúng một trạng thái.",
        ),
        (
            "Cần công bố lại",
            "Số TTHC đã áp dụng khác với phạm vi đã công bố; hoặc đã nhận đơn vị khác sau lần công bố gần nhất; hoặc "
            "tiếp nhận từ đơn vị cũ đã công bố mà chưa công bố lại. Số đơn vị phải rà soát phạm vi công bố theo quyết "
            "định công bố TTHC được đếm riêng: rà soát xong, số TTHC áp dụng khác đi thì mới cần công bố lại.",
        ),
        (
            "Tiến độ",
            f"Tổng trọng số các nội dung đã thực hiện trên tổng trọng số ({weights}).",
        ),
        (
            "Thực hiện đúng việc duy trì, cải tiến",
            f"Xét các đơn vị đang công bố áp dụng vào ngày 01/01/{content.year}. "
            f"Điều kiện: {conditions or 'không có'}; và không còn tồn tại nặng "
            "đang mở. Đã kiểm chứng: đủ điều kiện và có kiểm tra tại trụ sở trong kỳ; theo "
            "báo cáo: đủ điều kiện; chưa đến hạn: còn thiếu nhưng ngày chốt chưa qua hạn. Tỷ lệ là hai mức đầu trên "
            "tổng số đơn vị thuộc diện xét.",
        ),
        (
            "Điểm của cuộc kiểm tra",
            "Lấy cuộc kiểm tra toàn diện tại trụ sở có biên bản gần nhất trong kỳ. Điểm bằng 100 nhân tổng trọng số "
            "nhân giá trị của mức đánh giá, chia tổng trọng số các nội dung có trả lời và thuộc phạm vi. Kiểm tra qua "
            "hồ sơ, phúc tra và tự đánh giá không cho điểm. Lượt kiểm tra đếm mọi cuộc có biên bản, trừ tự đánh giá. "
            "Mức mà thông báo kết luận đổi khác tính từ ngày của thông báo; đến ngày trước đó vẫn theo biên bản.",
        ),
        (
            "Xếp loại",
            (f"{bands}. " if bands else "")
            + "Chưa đủ căn cứ: còn nội dung quan trọng nhất chưa trả lời, hoặc phần đã trả lời chưa đạt 90% trọng số. "
            + (f"Theo {content.band_decision}." if content.band_decision else "Mức xếp loại dùng trong nội bộ."),
        ),
        (
            "Tồn tại, hạn chế (điểm không phù hợp)",
            "Tính từ ngày biên bản của cuộc kiểm tra (trừ tự đánh giá), trên toàn tỉnh, kể cả đơn vị đã kết thúc hoặc "
            "không thuộc đối tượng. Quá hạn: đang mở và thời hạn trước ngày chốt.",
        ),
        (
            "Nhiệm vụ",
            "Hoàn thành tốt: xong đúng hạn, đủ nội dung. Hoàn thành: đúng hạn, nội dung chưa đầy đủ. Hoàn thành "
            "chậm: đủ nội dung, quá hạn. Đang thực hiện: chưa xong, chưa đến hạn, không đánh dấu. Còn lại: chưa hoàn "
            "thành. Mức do cơ quan thường trực đặt khác đi thì ghi lý do ở cột ghi chú.",
        ),
        (
            "Mục tiêu chất lượng",
            "Kết quả tính từ ngày ghi cho kết quả đó; không ghi ngày là kết quả cả năm, tính từ ngày cuối năm.",
        ),
        (
            "Công bố",
            "Mỗi đơn vị đang công bố có đúng một bản đánh dấu “đang có hiệu lực”; các bản công bố khác trong kỳ cũng "
            "được liệt kê. Phạm vi là số TTHC công bố trên tổng số TTHC ghi trong bản đó.",
        ),
        (
            "Chỉ số CCHC",
            "Tỷ lệ đã công bố tính như ở trang “Tổng hợp”, gộp cơ quan cấp tỉnh với cấp huyện (đều là bắt buộc), riêng "
            "cấp xã. Tỷ lệ duy trì là một tỷ lệ chung trên mọi đơn vị thuộc diện xét.",
        ),
        (
            "Kế hoạch và thực hiện",
            "Các cuộc kiểm tra thuộc kế hoạch năm hoặc dự kiến vào một ngày trong kỳ, trừ tự đánh giá. Đã thực hiện: "
            "có biên bản đến ngày chốt. Đã hủy: có lý do. Chưa thực hiện: đã qua ngày dự kiến. Còn lại: chưa đến ngày. "
            "Cuộc kiểm tra do cơ quan khác thực hiện (như UBND cấp huyện) được tính như mọi cuộc có biên bản và ghi rõ "
            "cơ quan kiểm tra.",
        ),
        (
            "Kế hoạch năm sau",
            "; ".join(sentence(reason.vi) for reason in Reason)
            + ". Đơn vị không thuộc đối tượng, và đơn vị khuyến khích chưa triển khai, không được đề xuất. Đây là đề "
            "xuất, cơ quan thường trực quyết định.",
        ),
        ("So sánh với năm trước", _comparison(content)),
        (
            "Tỷ lệ phần trăm",
            f"Tính từ số đếm, làm tròn nửa lên đến {content.decimals} chữ số thập phân; chỉ ghi 100% khi đủ tất cả và "
            "chỉ ghi 0% khi không có. Mẫu số bằng 0 thì ghi “–”. Dòng tổng cộng không ghi tỷ lệ.",
        ),
        (
            "Công thức",
            "Tổng và tỷ lệ trong tệp này là công thức trên “Danh sách đơn vị” và các danh sách khác; sửa danh sách thì "
            "số liệu tính lại, và khi đó không còn là số liệu của bảng tổng hợp có mã băm dưới đây. Bấm vào một số màu "
            "xanh để đến các dòng được đếm; khi giữa các dòng đó còn dòng khác, lời chú của ô cho biết lọc theo cột "
            "nào.",
        ),
    ]
