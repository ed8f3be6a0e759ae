"""Of the example year: the catalogue of TTHC with a publication decision, quality objectives, reports owed with a
reminder, money. Made up, marked as example data, deterministic; entered through the services that people use.

Names of procedures are real, codes and days are not to be relied on.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import Document, Unit
from isoaudit.domain.reporting import ReportPeriod, ReportState
from isoaudit.domain.vocabulary import BLOCK_OF, Block
from isoaudit.services import documents, log, money, objectives, reminders, settings, unit_reports
from isoaudit.services.catalogue import drafting, following, loading, publishing
from isoaudit.services.exampleyear.story import YEAR, Group, Story

FIRST_DAY, EFFECTIVE_ON = date(2019, 1, 1), date(YEAR, 7, 1)
DUE = {ReportPeriod.HALF: date(YEAR, 6, 15), ReportPeriod.YEAR: date(YEAR, 11, 10)}
REMINDED_ON, ASKED_BY = date(YEAR, 11, 13), date(YEAR, 11, 20)
HEADINGS = "Mã TTHC\tTên TTHC\tLĩnh vực\tCấp\tLiên thông\tTrực tuyến\tCơ quan giải quyết\tThời hạn"
CATALOGUE = """1.001193\tĐăng ký khai sinh\tHộ tịch\txã\tliên thông các cấp\tmột phần\t\t1
1.000894\tĐăng ký kết hôn\tHộ tịch\txã\tkhông\tmột phần\t\t1
1.000656\tĐăng ký khai tử\tHộ tịch\txã\tliên thông các cấp\tmột phần\t\t1
1.004837\tĐăng ký giám hộ\tHộ tịch\txã\tkhông\tmột phần\t\t3
1.004859\tThay đổi, cải chính, bổ sung thông tin hộ tịch\tHộ tịch\txã\tkhông\tmột phần\t\t3
1.004873\tCấp Giấy xác nhận tình trạng hôn nhân\tHộ tịch\txã\tkhông\ttoàn trình\t\t3
2.000635\tCấp bản sao trích lục hộ tịch\tHộ tịch\txã\tkhông\ttoàn trình\t\t1
2.000815\tChứng thực bản sao từ bản chính\tChứng thực\txã\tkhông\tcung cấp thông tin\t\t1
2.000884\tChứng thực chữ ký\tChứng thực\txã\tkhông\tcung cấp thông tin\t\t1
2.001035\tChứng thực hợp đồng, giao dịch về tài sản\tChứng thực\txã\tkhông\tcung cấp thông tin\t\t2
1.001699\tXác định mức độ khuyết tật\tBảo trợ xã hội\txã\tkhông\tmột phần\t\t25
1.001731\tHỗ trợ chi phí mai táng\tBảo trợ xã hội\txã\tliên thông các cấp\tmột phần\t\t10
1.003554\tHòa giải tranh chấp đất đai\tĐất đai\txã\tkhông\tcung cấp thông tin\t\t45
1.003521\tCấp Giấy chứng nhận hộ nghèo, hộ cận nghèo\tGiảm nghèo\txã\tkhông\tmột phần\t\t5
1.001612\tCấp Giấy chứng nhận đăng ký hộ kinh doanh\tĐăng ký kinh doanh\thuyện\tkhông\ttoàn trình\t\t3
1.002662\tCông bố công khai quy hoạch chi tiết\tQuy hoạch xây dựng\thuyện\tliên thông cùng cấp\tmột phần\t\t20
1.003658\tCông nhận trường đạt chuẩn\tGiáo dục\thuyện\tliên thông các cấp\tmột phần\t\t15
2.000212\tCông bố sử dụng dấu định lượng\tTiêu chuẩn đo lường chất lượng\ttỉnh\tkhông\ttoàn trình\tSKHCN\t5
1.000449\tĐiều chỉnh công bố sử dụng dấu định lượng\tTiêu chuẩn đo lường chất lượng\ttỉnh\tkhông\ttoàn trình\tSKHCN\t5
2.001209\tĐăng ký công bố hợp chuẩn\tTiêu chuẩn đo lường chất lượng\ttỉnh\tkhông\tmột phần\tSKHCN\t5
2.002131\tCấp giấy phép tiến hành công việc bức xạ\tAn toàn bức xạ và hạt nhân\ttỉnh\tkhông\tmột phần\tSKHCN\t30
1.002690\tCấp Giấy chứng nhận hoạt động khoa học\tKhoa học và công nghệ\ttỉnh\tliên thông cùng cấp\tmột phần\tSKHCN\t10
"""
CHANGES = """Thay đổi\tMã TTHC\tTên TTHC\tLĩnh vực\tCấp\tTrực tuyến\tThời hạn
mới ban hành\t2.002165\tGiải quyết yêu cầu bồi thường tại cơ quan\tBồi thường nhà nước\txã\tmột phần\t15
sửa đổi\t1.004837\t\t\t\ttoàn trình\t2
sửa đổi\t1.001612\t\t\t\ttoàn trình\t2
bãi bỏ\t1.003521\t\t\t\t\t
"""
OBJECTIVES: tuple[tuple[str, str, str, str], ...] = (
    ("Giải quyết TTHC đúng hạn", "Số hồ sơ đúng hạn/số hồ sơ đã giải quyết", "≥ 98%", "Phần mềm một cửa điện tử"),
    ("Tổ chức, công dân hài lòng với việc giải quyết TTHC", "Phiếu khảo sát", "≥ 90%", "Khảo sát mức độ hài lòng"),
    ("Cập nhật quy trình khi TTHC thay đổi", "Số quy trình chậm cập nhật", "không quá 2", "Báo cáo của đơn vị"),
)
SOURCES = ("Sự nghiệp khoa học và công nghệ", "Chi thường xuyên của đơn vị")
TEAMS = (
    (Group.AGENCIES.value, 9_000_000, 8_400_000),
    (Group.MAINTAINING.value, 24_000_000, 25_150_000),
    (Group.BUILDING.value, 32_000_000, 28_900_000),
)


@dataclass(frozen=True, slots=True)
class _By:
    """Who enters, and when."""

    by: log.Actor
    now: datetime

    def both(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}


def load(session: Session, units: Sequence[Unit], stories: Iterable[Story], *, by: log.Actor, now: datetime) -> None:
    """Enter everything, for units and stories of the example year."""
    who = _By(by, now)
    told = {each.place.code: each for each in stories}
    applying = [unit for unit in units if told[unit.code].declared]
    _catalogue(session, applying, who)
    _objectives(session, applying, told, who)
    _reports(session, units, told, who)
    _money(session, units, who)


def _document(session: Session, number: str, kind: str, day: date, subject: str, who: _By) -> Document:
    """A made-up decision of the province."""
    given = {"number": number, "kind": kind, "issuer": "UBND tỉnh Quảng Trị", "issued_on": day, "subject": subject}
    home = settings.home(session).id
    row = Document(province_id=home, example=True, **documents.cleaned(given))
    return documents.DOCUMENTS.enter(session, row, **who.both())


def _catalogue(session: Session, applying: Sequence[Unit], who: _By) -> None:
    drafts = drafting.draft(session, f"{HEADINGS}\n{CATALOGUE}", FIRST_DAY, publication=False)
    loading.load(session, drafts, document_id=None, example=True, **who.both())
    subject = "Công bố thủ tục hành chính mới, sửa đổi, bãi bỏ (minh hoạ)"
    decision = _document(session, "1623/QĐ-UBND", "QĐ", date(YEAR, 6, 17), subject, who)
    act = publishing.publish(
        session,
        drafting.draft(session, CHANGES, EFFECTIVE_ON, publication=True),
        document_id=decision.id,
        effective_on=EFFECTIVE_ON,
        note=None,
        example=True,
        **who.both(),
    )
    chance = random.Random("isoaudit 2020 TTHC")
    quick = {unit.id for unit in applying if chance.random() < 0.6}
    keys = [each.row.id for each in publishing.items(session, act.id)]
    pairs = [(key, unit) for key in keys for unit in quick]
    day = date(YEAR, 7, 20)
    following.mark(session, act.id, pairs, done_on=day, document_id=None, note=None, **who.both())


def _objectives(session: Session, applying: Sequence[Unit], told: dict[str, Story], who: _By) -> None:
    keys = ("objective", "measure", "target", "source")
    for texts in OBJECTIVES:
        values = dict(zip(keys, texts, strict=True)) | {"year": YEAR}
        objectives.enter(session, [unit.id for unit in applying], values, example=True, **who.both())
    for line in objectives.of_year(session, YEAR):
        result = _result(line.row.objective, told[line.unit.code])
        if result:
            values = {name: getattr(line.row, name) for name in objectives.COLUMNS} | {"result": result, "met": None}
            objectives.correct(session, line.row.id, values, why="Kết quả năm", revision=None, **who.both())


def _result(objective: str, story: Story) -> str:
    """What the unit of the story reached; nothing where it has not told yet."""
    chance = random.Random(f"isoaudit {story.place.code} {objective}")
    if chance.random() < 0.12:
        return ""
    if objective == OBJECTIVES[2][0]:
        return str(int((1 - story.quality) * 6))
    reached = 93 + story.quality * 8 if objective == OBJECTIVES[0][0] else 84 + story.quality * 13
    return f"{min(100.0, reached):.1f}%".replace(".0%", "%").replace(".", ",")


def _reports(session: Session, units: Sequence[Unit], told: dict[str, Story], who: _By) -> None:
    owing = [unit for unit in units if told[unit.code].declared or told[unit.code].steps]
    for period, due in DUE.items():
        chance = random.Random(f"isoaudit 2020 {period}")
        ids = [unit.id for unit in owing]
        unit_reports.set_deadlines(session, ids, YEAR, period, due, why=None, example=True, **who.both())
        receipts = []
        for number, line in enumerate(unit_reports.lines(session, YEAR, period, due), 1):
            luck = chance.random() + told[line.unit.code].quality / 3
            if luck > 0.3:
                day = due - timedelta(days=chance.randrange(9)) if luck > 0.45 else due + timedelta(days=2 + number % 6)
                signed_as = line.unit.code if line.unit.block is Block.AGENCY else "UBND"
                receipts.append(unit_reports.Receipt(line.row.id, day, f"{number + 60}/BC-{signed_as}"))
        unit_reports.receive(session, receipts, **who.both())
    late = [
        line.row.id
        for line in unit_reports.lines(session, YEAR, ReportPeriod.YEAR, REMINDED_ON)
        if line.standing.state is ReportState.NOT_SENT
    ]
    (letter,) = reminders.draft(session, late, ASKED_BY, separately=False, as_of=REMINDED_ON, **who.both())
    reminders.issue(session, letter.id, number="512/SKHCN-TĐC", issued_on=REMINDED_ON, signer="", **who.both())


def _money(session: Session, units: Sequence[Unit], who: _By) -> None:
    subject = "Giao dự toán kinh phí áp dụng hệ thống quản lý chất lượng năm 2020 (minh hoạ)"
    estimate = _document(session, "48/QĐ-UBND", "QĐ", date(YEAR, 1, 8), subject, who)
    settled_by = _document(session, "2960/QĐ-UBND", "QĐ", date(YEAR, 12, 18), "Quyết toán kinh phí (minh hoạ)", who)
    empty = dict.fromkeys(money.COLUMNS)
    for team, planned, spent in TEAMS:
        values: dict[str, Any] = {
            "year": YEAR,
            "team": team,
            "purpose": "Công tác phí, văn phòng phẩm của đoàn",
            "source": SOURCES[0],
            "estimate": planned,
            "spent": spent,
            "spent_on": date(YEAR, 11, 27),
            "document_id": estimate.id,
        }
        money.enter(session, empty | values, example=True, **who.both())
    chance = random.Random("isoaudit 2020 kinh phí")
    for unit in [each for each in units if BLOCK_OF[each.kind] is not Block.COMMUNE]:
        planned = 500_000 * chance.randrange(16, 40)
        spent = planned - 50_000 * chance.randrange(0, 30)
        values = {
            "year": YEAR,
            "unit_id": unit.id,
            "purpose": "Chuyển đổi, duy trì hệ thống quản lý chất lượng",
            "source": SOURCES[1],
            "estimate": planned,
            "document_id": estimate.id,
        }
        if chance.random() < 0.8:
            values |= {"spent": spent, "spent_on": date(YEAR, 10, 1) + timedelta(days=chance.randrange(70))}
        if "spent" in values and chance.random() < 0.6:
            values |= {"settled": spent, "settled_on": date(YEAR, 12, 22), "settled_document_id": settled_by.id}
        money.enter(session, empty | values, example=True, **who.both())
