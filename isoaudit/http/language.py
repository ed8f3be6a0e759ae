"""The language of a request (Vietnamese unless switched), and the time zone of the screen."""

from flask import Flask, request, session
from flask_babel import Babel

from isoaudit.domain.localday import ZONE
from isoaudit.shipped import TRANSLATIONS

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def init_app(app: Flask) -> None:
    """Install Flask-Babel; msgids are Vietnamese, the English catalogue translates them."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    Babel(app, default_locale="vi", default_timezone=ZONE.key, locale_selector=chosen)
    app.before_request(_remember)


def chosen() -> str:
    """`?lang=` wins, then what the session remembers (at first the account's own language), then Vietnamese."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    remembered = session.get("language", "vi")
    return remembered if remembered in LANGUAGES else "vi"


def _remember() -> None:
    """Keep what was asked for; before the view, because one that only leads elsewhere says no word."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES and session.get("language") != asked:
        session["language"] = asked
