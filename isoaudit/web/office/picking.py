"""Choosing a document in a form by its number, without JavaScript: the number is typed, the button "Tìm văn bản" (or a
number that means none or several) offers what was found, and one of those is picked."""

from dataclasses import dataclass

from flask import request
from wtforms import StringField

from isoaudit.db import Document
from isoaudit.domain.errors import Refusal
from isoaudit.http import database
from isoaudit.http.errors import explain
from isoaudit.services import document_search, documents, settings

SEARCH = "tim_van_ban"
PICKED = "van_ban_chon"


@dataclass(frozen=True, slots=True)
class Offer:
    """Documents that may be meant, and what was asked."""

    asked: str
    found: list[tuple[str, Document]]


def searching() -> bool:
    """Whether the form was sent only to look for a document."""
    return request.method == "POST" and SEARCH in request.form


def take_picked(field: StringField) -> None:
    """Let what was picked stand for what was typed, unless something else was typed since."""
    picked, asked = request.form.get(PICKED, ""), request.form.get("van_ban_hoi", "")
    if picked and (field.data or "") == asked:
        field.data = picked


def offer(field: StringField) -> Offer:
    """What may be meant by what stands in the field."""
    session = database.session()
    found = document_search.offer(session, settings.home(session).id, field.data or "")
    return Offer(field.data or "", [(documents.cited_as(each), each) for each in found])


def resolve(field: StringField) -> tuple[int | None, Offer | None]:
    """The key of the document typed, None for an empty field; an offer when it means none or several (the field then
    says so)."""
    if not field.data:
        return None, None
    try:
        return documents.resolve(database.session(), field.data).id, None
    except Refusal as refusal:
        field.errors = [*field.errors, explain(refusal)]
        return None, offer(field)
