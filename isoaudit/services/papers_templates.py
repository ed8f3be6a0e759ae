"""The templates of papers and the steps of a file, as they ship or as the province has them in its instance folder.

A file of the same name in `<instance>/papers` takes the place of the shipped one, whole. Their shape is checked in
`export.letters` and `domain.inspection`.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from isoaudit.domain.errors import Invalid, NotFound, Refusal, Refusals
from isoaudit.domain.inspection import StepRule, rules
from isoaudit.export.letters import Template, parse
from isoaudit.shipped import TEMPLATES

SHIPPED = TEMPLATES / "papers"
STEPS = "steps"
FOLDER = "papers"
"""The folder of the instance with the province's own."""


def template(name: str, own: Path | None = None) -> Template:
    """The template of that name. Raises NotFound, or Refusals naming what is wrong in the file."""
    file = _file(name, own)
    return _template(file, file.stat().st_mtime_ns)


def steps(own: Path | None = None) -> tuple[StepRule, ...]:
    """The steps of a file of inspection. Raises Invalid naming what is wrong."""
    file = _file(STEPS, own)
    return _steps(file, file.stat().st_mtime_ns)


def check(own: Path | None = None) -> dict[str, bool]:
    """Read every template and the steps: name → whether it is the province's own. Raises Refusals with all that is
    wrong."""
    names = {each.stem for folder in (SHIPPED, own) if folder is not None for each in folder.glob("*.toml")}
    found: dict[str, bool] = {}
    wrong: list[Refusal] = []
    for name in sorted(names - {STEPS}):
        try:
            template(name, own)
        except Refusals as refused:
            wrong += refused.refusals
        except Refusal as refused:
            wrong.append(refused)
        found[name] = _file(name, own).parent == own
    for each in steps(own):
        if each.template and each.template not in names:
            wrong.append(NotFound("paper.no_template", record=each.template))
    if wrong:
        raise Refusals(wrong)
    return found


def _file(name: str, own: Path | None) -> Path:
    for folder in (own, SHIPPED):
        file = folder / f"{name}.toml" if folder is not None and name.isidentifier() else None
        if file is not None and file.is_file():
            return file
    raise NotFound("paper.no_template", record=name)


@lru_cache(maxsize=64)
def _template(file: Path, _changed: int) -> Template:
    return parse(_read(file), file.name)


@lru_cache(maxsize=8)
def _steps(file: Path, _changed: int) -> tuple[StepRule, ...]:
    told = _read(file).get("step", [])
    if not isinstance(told, list):
        raise Invalid("paper.steps", record=file.name, value=0, what="step")
    return rules(told, file.name)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid("checklist.not_toml", record=file.name, value=str(error)) from None
