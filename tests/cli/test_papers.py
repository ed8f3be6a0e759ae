"""The templates of papers from the command line: a wrong one is refused in words, the fields are told."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from isoaudit.cli import group
from isoaudit.domain.errors import Refusals
from isoaudit.domain.messages import say


def test_the_province_s_own_templates_are_checked(tmp_path: Path) -> None:
    runner, told = CliRunner(), {"ISOAUDIT_INSTANCE": str(tmp_path)}
    assert "decision: mẫu kèm chương trình" in runner.invoke(group, ["papers", "check"], env=told).output
    own = tmp_path / "papers"
    own.mkdir()
    good = 'kind = "decision"\nname = "Quyết định"\n[[block]]\ntext = "Tại {unit}"\n'
    (own / "decision.toml").write_text(good, "utf-8")
    assert "decision: mẫu của tỉnh" in runner.invoke(group, ["papers", "check"], env=told).output
    (own / "decision.toml").write_text(good.replace("{unit}", "{don_vi}"), "utf-8")
    (own / "notice.toml").write_text("kind = ", "utf-8")
    refused = runner.invoke(group, ["papers", "check"], env=told)
    assert isinstance(refused.exception, Refusals)
    said = say(refused.exception)
    assert "không có trường “don_vi”" in said
    assert "notice.toml" in said
    (own / "notice.toml").unlink()
    (own / "decision.toml").write_text(good, "utf-8")
    step = '[[step]]\nkind = "decision"\ntemplate = "khong_co"\nmodes = ["on_site"]\npurposes = ["full"]\n'
    (own / "steps.toml").write_text(step + 'anchor = "planned_on"\ndays = 0\n', "utf-8")
    refused = runner.invoke(group, ["papers", "check"], env=told)
    assert isinstance(refused.exception, Refusals)
    assert "khong_co" in say(refused.exception)


@pytest.mark.parametrize("field", ["unit", "team.told", "findings.note"])
def test_the_fields_are_told(field: str) -> None:
    told = json.loads(CliRunner().invoke(group, ["papers", "fields", "--format", "json"]).output)
    assert told[field]
