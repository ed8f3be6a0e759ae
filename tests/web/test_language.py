"""Two languages: every sentence of the pages has its English, and a page in English has Vietnamese only in its data."""

import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from isoaudit.shipped import TEMPLATES, TRANSLATIONS
from isoaudit.web.forms.account import OwnAccountForm
from tests.audit_factories import audit
from tests.conftest import SignIn
from tests.factories import unit, user

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROOT = TEMPLATES.parent
CATALOGUE = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
DIACRITICS = re.compile(r"[À-ỹĐđ]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
ALLOWED = re.compile(
    r"Quảng Trị|Ban Chỉ đạo ISO tỉnh|“Tỉnh”|UBND tỉnh|Sở Khoa học và Công nghệ|Tiếng Việt"
    r"|(?:KT\. )?Giám đốc|Nhóm 1|[\w/-]*(?:QĐ|NĐ|TĐC)[\w/-]*|ngày (?:\d|dd)",
    re.IGNORECASE,
)
"""Names and numbers that stay Vietnamese in an English sentence: the province's own, examples of documents."""
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "use", "rect", "path", "circle", "line", "wbr", "col"))
PAGES = {
    Role.ADMINISTRATOR: ("/quan-tri/tai-khoan", "/quan-tri/tai-khoan/them", "/quan-tri/tai-khoan/nhap",
        "/quan-tri/nhat-ky", "/tro-giup", "/tai-khoan", "/tai-khoan/mat-khau"),
    Role.OFFICE: ("/tong-hop", "/tong-hop/don-vi", "/tong-hop/dieu-khoan", "/tong-hop/diem-khong-phu-hop",
        "/tong-hop/luot-kiem-tra", "/tong-hop/nhiem-vu", "/tong-hop/da-ket-thuc", "/tong-hop/cach-tinh", "/bao-cao",
        "/don-vi", "/don-vi/{unit}", "/don-vi/{unit}/qua-trinh", "/don-vi/{unit}/cong-bo/them",
        "/don-vi/{unit}/tthc/them", "/ke-hoach", "/ke-hoach/them", "/ke-hoach/lap", "/cuoc-kiem-tra",
        "/cuoc-kiem-tra/{audit}", "/diem-khong-phu-hop", "/phieu-kiem-tra", "/phieu-kiem-tra/thu/1.0.0",
        "/phieu-kiem-tra/thu/1.0.0/in", "/van-ban", "/van-ban/them", "/nhiem-vu", "/nhap-du-lieu", "/thiet-lap",
        "/khong-co"),
    Role.INSPECTOR: ("/cuoc-kiem-tra/cua-toi", "/cuoc-kiem-tra/{audit}/tra-loi", "/cuoc-kiem-tra/{audit}/ket-thuc"),
    Role.UNIT_OFFICER: ("/don-vi/cua-toi", "/don-vi/{unit}"),
}  # fmt: skip


class Words(HTMLParser):
    """What people read on a page or hear from it, without what says that it is Vietnamese (`lang="vi"`)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        hidden = self._hidden or tag == "script" or (tag != "html" and given.get("lang") == "vi")
        if not hidden:
            names = ("aria-label", "title", "placeholder", "alt", "data-label", "data-found", "data-offer")
            self.found += [given[name] or "" for name in names if name in given]
        if tag not in VOID:
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)

    @property
    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def vietnamese(page: str) -> list[str]:
    """The texts of a page with Vietnamese letters outside what may have them."""
    words = Words(page)
    assert words.language == "en"
    return [text.strip() for text in words.found if DIACRITICS.search(ALLOWED.sub("", text))]


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue as it is tracked."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str | tuple[str, ...], str | None]]:
    """The sentences of the source and their contexts, gathered as `make messages` does."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    told = re.findall(r" -k (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    gathered = extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS | parse_keywords(told))
    return [(sentence, context) for _file, _line, sentence, _comments, context in gathered]


def translations(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Each form of each sentence with its English."""
    for message in catalogue:
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, str(message.string)


def test_every_sentence_has_its_english(
    english: Catalog, sentences: list[tuple[str | tuple[str, ...], str | None]]
) -> None:
    found = ((sentence, english.get(sentence, context)) for sentence, context in sentences)
    lacking = {sentence for sentence, message in found if message is None or not message.string or message.fuzzy}
    assert lacking == set(), "make messages, then translate"


def test_english_fills_in_the_same_values_and_is_no_copy(english: Catalog) -> None:
    values = PLACEHOLDER.findall
    assert [pair for pair in translations(english) if sorted(values(pair[0])) != sorted(values(pair[1]))] == []
    assert [own for _said, own in translations(english) if not own or DIACRITICS.search(ALLOWED.sub("", own))] == []


def test_the_compiled_catalogue_is_the_tracked_one(english: Catalog) -> None:
    compiled = gettext.translation("messages", TRANSLATIONS, ["en"])
    singular = [message for message in english if message.id and isinstance(message.id, str)]
    said = [
        compiled.pgettext(each.context, each.id) if each.context else compiled.gettext(each.id) for each in singular
    ]
    assert said == [each.string for each in singular], "make setup compiles it"
    assert compiled.ngettext("%(number)s đơn vị", "%(number)s đơn vị", 1) == "%(number)s unit"


def test_templates_say_nothing_past_the_catalogue() -> None:
    marked = re.compile(
        r"""\{\#.*?\#\} | \{%-?\ trans\b.*?endtrans\ -?%\} | \blang="vi".*?</(?:article|a)>
        | \b(?:_|pgettext)\((?:\s*(?:"[^"]*"|'[^']*'),?)+""",
        re.DOTALL | re.VERBOSE,
    )
    paper = {"_record.html", "shell.html"}  # parts of the minutes; the tablet's page, which speaks Vietnamese
    found = [file for file in TEMPLATES.rglob("*.html") if file.name not in paper]
    files = {file.name: marked.sub("", file.read_text(encoding="utf-8")) for file in found}
    assert {name: DIACRITICS.findall(text) for name, text in files.items() if DIACRITICS.search(text)} == {}


@one_database
def test_vietnamese_unless_english_is_asked_for_and_that_is_remembered(client: FlaskClient) -> None:
    assert "Đăng nhập" in client.get("/dang-nhap", headers={"Accept-Language": "en"}).text
    assert client.get("/?lang=en").status_code == 302
    page = client.get("/dang-nhap").text
    assert "Sign in" in page
    assert vietnamese(page) == []
    assert 'lang="en"' in client.get("/dang-nhap?lang=fr").text
    assert "Đăng nhập" in client.get("/dang-nhap?lang=vi").text
    assert "Đăng nhập" in client.get("/dang-nhap").text


@one_database
@pytest.mark.parametrize("role", list(PAGES), ids=[role.value for role in PAGES])
def test_pages_in_english_hold_no_vietnamese_but_their_data(
    client: FlaskClient, session: Session, sign_in: SignIn, role: Role
) -> None:
    place = unit(session, name="Xa Vinh Giang")
    person = user(session, role=role, full_name="Nguyen Van A", unit_id=place.id if role is Role.UNIT_OFFICER else None)
    head = person if role is Role.INSPECTOR else user(session, role=Role.INSPECTOR, full_name="Le Thi B")
    user(session, username="planner", full_name="Tran C")
    planned = audit(session, head=head, of=place)
    session.commit()
    sign_in(client, person)
    client.get("/?lang=en")
    left = {}
    for address in PAGES[role]:
        page = client.get(address.format(unit=place.id, audit=planned.reference), follow_redirects=True)
        assert page.status_code == (404 if address == "/khong-co" else 200), address
        if found := vietnamese(page.text):
            left[address] = found
    assert left == {}


@one_database
@pytest.mark.parametrize(
    ("language", "too_long", "unknown"),
    [
        ("vi", "Không quá 200 ký tự.", "Lựa chọn này không có trong danh sách. Hãy chọn lại."),
        ("en", "No more than 200 characters.", "This choice is not in the list. Please choose again."),
    ],
)
def test_forms_speak_the_language_of_the_request_where_they_speak_by_themselves(
    app: Flask, language: str, too_long: str, unknown: str
) -> None:
    sent = {"full_name": "A" * 201, "language": "fr"}
    with app.test_request_context(f"/?lang={language}", method="POST", data=sent):
        form = OwnAccountForm()
        assert not form.validate()
        assert form.errors == {"full_name": [too_long], "language": [unknown]}
