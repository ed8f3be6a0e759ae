"""Where the data that ship with the program lie (templates, checklists, registers, ready sentences), in a checkout and
in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_shipped"
_ROOT = _IN_WHEEL if _IN_WHEEL.exists() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
CHECKLISTS = _ROOT / "checklists"
REGISTERS = _PACKAGE / "registers"
SENTENCES = _PACKAGE / "sentences"
MIGRATIONS = _PACKAGE / "migrations"
STATIC = _PACKAGE / "static"
FONTS = STATIC / "built" / "fonts"
TRANSLATIONS = _PACKAGE / "translations"
