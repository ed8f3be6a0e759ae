"""Papers from templates: what is wrong in one is refused in words, what is known is filled in."""

import tomllib
from datetime import date
from typing import Any

import pytest

from isoaudit.domain.errors import Refusals
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import PaperKind
from isoaudit.export.docx import write_docx
from isoaudit.export.letters import LISTS, TEXTS, Facts, filled, parse, wording
from isoaudit.export.paper.blocks import Bullets, Grid, Paper, Prose
from isoaudit.export.paper.marks import Signing
from isoaudit.shipped import TEMPLATES

SHIPPED = sorted(each.stem for each in (TEMPLATES / "papers").glob("*.toml") if each.stem != "steps")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / "papers" / f"{name}.toml").read_text("utf-8"))


def facts(**texts: str) -> Facts:
    """Every field has its own name in brackets, every list two lines."""
    lists = {name: [{key: f"({key} {n})" for key in keys} for n in (1, 2)] for name, keys in LISTS.items()}
    return Facts({name: f"({name})" for name in TEXTS} | texts, date(2020, 11, 16), lists)


def said(paper: Paper) -> str:
    """All that the paper says."""
    parts = [paper.title.summary, paper.head.about, *(paper.to.bodies if paper.to else ())]
    for flow in (paper.body, *(annex.blocks for annex in paper.annexes)):
        for block in flow:
            if isinstance(block, Prose):
                parts.append(block.whole)
            elif isinstance(block, Bullets):
                parts += block.items
            elif isinstance(block, Grid):
                parts += [cell for row in block.rows for cell in row.cells]
            elif isinstance(block, Signing):
                parts += [f"{side.title} {side.name}" for side in block.sides]
            else:
                parts.append(getattr(block, "text", ""))
    return "\n".join(parts)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_template_is_right_and_speaks_no_certification_language(name: str) -> None:
    template = parse(read(name), f"{name}.toml")
    paper = filled(template, facts())
    text = said(paper).lower()
    for word in ("không phù hợp", " nặng", " nhẹ", "chứng nhận"):
        assert word not in text
    assert "{" not in text
    assert write_docx(paper) == write_docx(filled(template, facts()))
    assert "(unit)" in text or "(units_count)" in text or "(name 1)" in text, text


def test_a_paper_without_facts_stays_a_paper() -> None:
    for name in SHIPPED:
        empty = Facts(dict.fromkeys(TEXTS, ""), date(2020, 1, 1))
        assert write_docx(filled(parse(read(name), name), empty)).startswith(b"PK")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"block": [{"text": "Kính gửi {unitt}"}]}, "không có trường “unitt”"),
        ({"block": [{"item": "{told}"}]}, "không có trường “told”"),
        ({"block": [{"each": "doan", "item": "x"}]}, "không có trường “doan”"),
        ({"block": [{"when": "khi", "text": "x"}]}, "không có trường “khi”"),
        ({"block": [{"text": "{unit.name}"}]}, "không có trường “unit.name”"),
        ({"block": [{"text": "{unit!r}"}]}, "mục “block.text” là “{unit!r}”"),
        ({"block": [{"text": "thiếu }"}]}, "mục “block.text” là “thiếu }”"),
        ({"block": [{"text": "a", "note": "b"}]}, "mục “block” là “note, text”"),
        ({"block": [{"txt": "a"}]}, "mục “block.txt”"),
        ({"block": [{"columns": [{"title": "A", "text": "", "align": "giữa"}]}]}, "“giữa”"),
        ({"block": "x"}, "mục “block” là “x”"),
        ({"head": {"issuer": "{issuers}"}}, "không có trường “issuers”"),
        ({"kind": "quyet-dinh"}, "mục “kind” là “quyet-dinh”"),
        ({"annex": [{"title": "A", "block": [{"text": "{x}"}]}]}, "không có trường “x”"),
    ],
)
def test_what_is_wrong_in_a_template_is_told_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusals) as refused:
        parse({"kind": "decision", "name": "Mẫu thử"} | change, "cua-tinh.toml")
    told = say(refused.value)
    assert words in told
    assert "cua-tinh.toml" in told


def test_blocks_come_and_go_with_what_is_known() -> None:
    data = {
        "kind": "other",
        "name": "Thử",
        "block": [
            {"when": "score", "text": "{score}"},
            {"each": "team", "item": "{name}: {role}"},
            {"when": "findings", "each": "findings", "columns": [{"title": "A", "text": "{note}"}]},
            {"text": "Tại {unit} , ngày {days}  ."},
        ],
    }
    template = parse(data, "thu.toml")
    texts = dict.fromkeys(TEXTS, "") | {"unit": "UBND xã A & {B}", "days": "05/3/2020"}
    bare = filled(template, Facts(texts, date(2020, 1, 1)))
    assert list(bare.body) == [Prose("Tại UBND xã A & {B}, ngày 05/3/2020.")]
    team = [{"name": "Lê Thị Bé", "position": "", "role": "Trưởng đoàn"}]
    full = filled(
        template, Facts(texts | {"score": "Điểm"}, date(2020, 1, 1), {"team": team, "findings": [{"note": ""}]})
    )
    assert [type(block) for block in full.body] == [Prose, Bullets, Grid, Prose]
    assert "Lê Thị Bé: Trưởng đoàn" in said(full)


def test_number_day_and_signer_that_were_given_are_printed() -> None:
    template = parse(read("decision"), "decision.toml")
    known = Facts(facts().texts, date(2020, 3, 5), {}, date(2020, 3, 5), "88/QĐ-SKHCN", "Nguyễn Văn A")
    paper = filled(template, known)
    assert (paper.head.number, paper.head.issued_on) == ("88/QĐ-SKHCN", date(2020, 3, 5))
    assert paper.signature is not None
    assert paper.signature.name == "Nguyễn Văn A"
    assert template.kind is PaperKind.DECISION


@pytest.mark.parametrize(
    ("said", "document", "told"),
    [
        (
            "Ảnh bảng niêm yết",
            "Báo cáo số 12/BC-UBND ngày 05/11/2020",
            "Báo cáo số 12/BC-UBND ngày 05/11/2020; Ảnh bảng niêm yết",
        ),
        (f"nam-2020.xlsx sha256:{'ab' * 32}", "", "ghi theo tệp số liệu nam-2020.xlsx"),
        (f"nam-2020.xlsx sha256:{'ab' * 32}", "Công văn số 3", "Công văn số 3"),
        ("", "", ""),
    ],
)
def test_paper_names_the_evidence_and_never_a_digest(said: str, document: str, told: str) -> None:
    assert wording.proof(said, document) == told


def test_papers_cite_each_other_by_number_and_day() -> None:
    assert wording.cited(PaperKind.MINUTES, "04/BB-ĐKT", date(2020, 10, 2), "SKHCN") == (
        "Biên bản kiểm tra số 04/BB-ĐKT ngày 02/10/2020"
    )
    assert wording.cited(PaperKind.TEAM_REPORT, "", None, "SKHCN").startswith(
        "Báo cáo kết quả kiểm tra số ……/BC-ĐKT ngày"
    )
    assert wording.programme("Kiểm tra năm 2020", "41/KH-SKHCN", date(2020, 9, 14)) == (
        "Kế hoạch kiểm tra năm 2020 (số 41/KH-SKHCN ngày 14/9/2020)"
    )
