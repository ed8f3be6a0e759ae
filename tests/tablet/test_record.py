"""The paper of an audit that was signed on a tablet: what was signed, not what came later; old paper stays readable."""

import re
from typing import Any

from isoaudit.domain.digest import digest_of
from isoaudit.domain.operations import empty_value
from tests.tablet.conftest import API, CODES, Team
from tests.tablet_factories import PATH, signature

DOSSIER = "0b0c1111-1111-4111-8111-111111111111"
FOUND: dict[str, dict[str, Any]] = {
    "A-01": {"grade": "conformity"},
    "B-7.2-01": {"grade": "minor", "note": "Thiếu chứng chỉ", "due_on": "2020-12-31", "dossiers": [DOSSIER]},
    "B-8.5-01": {"grade": "opportunity", "note": "Nên dùng phần mềm"},
}
ENTRIES: dict[str, dict[str, Any]] = {
    f"dossier/{DOSSIER}": {"number": "H-77", "field": "Hộ tịch", "due": "2020-11-02", "returned": "2020-11-05"},
    f"attendance/{DOSSIER}": {"meeting": "both", "name": "Hồ Văn Pả", "position": "Chủ tịch", "side": "unit"},
    "word/B-7.2-01": {"stance": "reserved", "text": "Chứng chỉ đang chờ cấp"},
}


def test_paper_is_what_was_signed(team: Team) -> None:
    first = _sign(team, FOUND, None)
    late = team.member.operation(
        team.audit, "A-01", value={"grade": "major", "note": "Đến muộn", "due_on": "2021-01-31"}
    )
    assert team.member.send(late).get_json()["operations"][0]["outcome"] == "conflict"
    paper = _article(team, "/bien-ban")
    assert paper.count(f'd="{PATH}"') == 2
    for said in (first, "Thiếu chứng chỉ", "Nên dùng phần mềm", "H-77", "Hồ Văn Pả, Chủ tịch.", "quá hạn: 01"):
        assert said in paper
    assert "bảo lưu ý kiến: Chứng chỉ đang chờ cấp" in paper
    assert "hồ sơ số 01 tại danh sách" in paper
    assert "Đến muộn" not in paper
    assert "DỰ THẢO" not in paper
    signed = team.member.browser.get(f"{API}/packages/{team.audit}").get_json()["signature"]
    assert (signed["digest"], [each["path"] for each in signed["signatures"]]) == (first, [PATH, PATH])


def test_an_amendment_says_what_it_replaces_and_the_old_paper_can_be_read(team: Team) -> None:
    first = _sign(team, FOUND, None)
    amend = team.head.operation(team.audit, None, kind="amend", value={"reason": "Ghi nhầm"}, base_revision=1)
    assert team.head.send(amend).get_json()["operations"][0]["outcome"] == "accepted"
    assert "DỰ THẢO" in _article(team, "/bien-ban")
    _sign(team, FOUND | {"B-7.2-01": {"grade": "conformity"}}, first)
    paper = _article(team, "/bien-ban")
    assert f"thay thế biên bản đã ký có mã nội dung {first[:16]}" in paper
    assert "Thiếu chứng chỉ" not in paper
    link = re.search(r'href="(/cuoc-kiem-tra/[^"]+/bien-ban/\d+)"', team.head.browser.get(_at(team)).text)
    assert link is not None
    assert "Thiếu chứng chỉ" in team.head.browser.get(link[1]).text


def _sign(team: Team, found: dict[str, dict[str, Any]], amends: str | None) -> str:
    """Both sides sign these answers and the entries; the digest."""
    answers = [{"criterion": code, "value": empty_value(code) | found[code]} for code in CODES]
    package = team.head.browser.get(f"{API}/packages/{team.audit}").get_json()
    pinned = {name: package["checklist"][name] for name in ("id", "version", "digest")}
    content = {"audit": team.audit, "checklist": pinned, "minuted_on": "2020-11-18", "answers": answers}
    content |= {"entries": ENTRIES, "fields": {"remarks": "Duy trì tốt"}}
    value = {"content": content, "digest": digest_of(content), "minuted_on": "2020-11-18", "amends": amends}
    value |= {"signatures": [signature("team"), signature("unit")]}
    told = team.head.send(
        team.head.operation(team.audit, None, kind="sign", value=value, base_revision=bool(amends) * 2)
    )
    assert told.get_json()["operations"][0]["outcome"] == "accepted", told.text
    return str(value["digest"])


def _at(team: Team) -> str:
    return f"/cuoc-kiem-tra/{team.audit}"


def _article(team: Team, page: str) -> str:
    text = team.head.browser.get(_at(team) + page).text
    return text[text.index("<article") : text.index("</article")]
