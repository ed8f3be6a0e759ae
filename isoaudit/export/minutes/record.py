"""What the minutes of an audit say, worked out from the facts of its package and a content that was signed or stands.

The counterpart of the tablet's model/minutes.ts: paper made here and paper made on the spot say the same in the same
order (tests/cases/minutes.json). Pure. Sentences are in `words`, lists in `lists`, the paper is in `sheet`; facts are
gathered in `services.minutes`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.documentwords import long_date
from isoaudit.export.minutes import words
from isoaudit.export.minutes.lists import (
    Dossier,
    Person,
    Photo,
    Result,
    dossier_rows,
    people,
    photos_of,
    results_of,
    short,
    verified,
)
from isoaudit.export.minutes.words import Data, text

_ROLES = {"head": "Trưởng đoàn", "member": "Thành viên Đoàn kiểm tra", "secretary": "Thư ký đoàn"}


@dataclass(frozen=True, slots=True)
class Word:
    """The unit's word on a finding."""

    stance: str
    said: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A shortcoming or a suggestion; `dossiers` and `photos` are numbers in the lists of the same minutes."""

    number: int
    code: str
    text: str
    place: str
    note: str
    request: str
    due: str
    documents: list[str]
    dossiers: list[int]
    photos: list[int]
    word: Word


@dataclass(frozen=True, slots=True)
class Side:
    """A place to sign: what stands above it, and what was signed there."""

    title: str
    name: str
    position: str
    path: str
    refused: str


@dataclass(frozen=True, slots=True)
class Record:
    """The minutes, section by section."""

    draft: bool
    reference: str
    issuer: str
    subject: str
    basis: list[str]
    opening: str
    team: list[Person]
    unit: list[Person]
    unit_text: str
    opening_meeting: str
    closing_meeting: str
    seen: str
    results: list[Result]
    total: Result
    dossier_text: str
    dossiers: list[Dossier]
    verified: list[dict[str, str]]
    remarks: str
    strengths: str
    shortcomings: list[Finding]
    suggestions: list[Finding]
    asks: str
    unit_word: str
    opinion: str
    closing: str
    photos: list[Photo]
    secretary: str
    sides: dict[str, Side]
    digest: str
    amendment: str


def record_of(pack: Data, content: Data, signing: Data | None = None) -> Record:
    """The minutes of an audit; without `signing` they are a draft. Shapes are those of the tablet's package and of a
    signed content."""
    entries, checklist, day = content["entries"], pack["checklist"], content["minuted_on"]
    answers = {each["criterion"]: each["value"] for each in content["answers"]}
    meeting = entries.get("meeting") or {}
    dossiers, photos = dossier_rows(entries, day), photos_of(checklist, answers, entries)

    def found(*grades: str) -> list[Finding]:
        codes = [each for each in checklist["criteria"] if answers.get(each["code"], {}).get("grade") in grades]
        return [
            _finding(pack, each, answers[each["code"]], place, dossiers, photos, entries)
            for place, each in enumerate(codes, 1)
        ]

    shortcomings, suggestions = found("minor", "major"), found("opportunity")
    stances = [each.word.stance for each in (*shortcomings, *suggestions)]
    results, total = results_of(checklist, answers)
    marks: Sequence[Data] = signing["signatures"] if signing else ()
    attended = people(entries, "unit")
    roles = {each["role"]: each["name"] for each in reversed(pack["team"])}
    return Record(
        draft=signing is None,
        reference=pack["audit"],
        issuer=pack["province"]["office"].upper(),
        subject=words.subject(pack),
        basis=words.basis(pack, text(meeting.get("basis"))),
        opening=words.opening(pack, meeting, _long(day)),
        team=people(entries, "team")
        or [Person(each["name"], _ROLES.get(each["role"], ""), "") for each in pack["team"]],
        unit=attended,
        unit_text="" if attended else content["fields"].get("present", ""),
        opening_meeting=text(meeting.get("opening")),
        closing_meeting=text(meeting.get("closing")),
        seen=words.seen(pack, total),
        results=results,
        total=total,
        dossier_text=words.dossiers(dossiers),
        dossiers=dossiers,
        verified=verified(pack["earlier"], entries),
        remarks=content["fields"].get("remarks", ""),
        strengths=text(meeting.get("strengths")),
        shortcomings=shortcomings,
        suggestions=suggestions,
        asks=words.asks(words.unit_name(pack["unit"]), len(shortcomings)),
        unit_word=words.unit_word(stances),
        opinion=content["fields"].get("unit_opinion", ""),
        closing=words.closing(meeting, marks, "reserved" in stances),
        photos=photos,
        secretary=roles.get("secretary", ""),
        sides={
            "unit": _side("unit", "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", marks),
            "team": _side("team", "TRƯỞNG ĐOÀN KIỂM TRA", marks, roles.get("head", "")),
        },
        digest=signing["digest"] if signing else "",
        amendment=words.amendment(signing.get("amends") if signing else None),
    )


def _finding(
    pack: Data,
    criterion: Data,
    answer: Data,
    place: int,
    dossiers: Iterable[Dossier],
    photos: Iterable[Photo],
    entries: Mapping[str, Data],
) -> Finding:
    word = entries.get(f"word/{criterion['code']}") or {}
    return Finding(
        number=place,
        code=criterion["code"],
        text=criterion["text"],
        place=_place(pack["checklist"], criterion),
        note=answer["note"],
        request=answer["request"],
        due=short(answer["due_on"] or ""),
        documents=list(answer.get("documents", ())),
        dossiers=[each.number for each in dossiers if each.id in answer.get("dossiers", ())],
        photos=[each.number for each in photos if each.sha256 in answer["evidence"]],
        word=Word(text(word.get("stance")) or "none", text(word.get("text"))),
    )


def _place(checklist: Data, criterion: Data) -> str:
    """Where a criterion belongs: clause or rules, and the position at which it is met."""
    position = next((each["name"] for each in checklist["places"] if each["code"] == criterion["where"]), "")
    clause, named = criterion["clause"], words.standard(checklist["edition"])
    belongs = f"điều {clause} {named}" if clause else "quy định về áp dụng, công bố"
    return f"{belongs}; vị trí: {position}" if position else belongs


def _side(side: str, title: str, marks: Iterable[Data], otherwise: str = "") -> Side:
    mark: Data = next((each for each in marks if each["side"] == side), {})
    refused = f"Không ký. Lý do: {mark['reason']}" if mark.get("refused") else ""
    return Side(title, mark.get("name", otherwise), mark.get("position", ""), mark.get("path", ""), refused)


def _long(day: str | None) -> str:
    return long_date(date.fromisoformat(day)) if day else "ngày …… tháng …… năm ……"
