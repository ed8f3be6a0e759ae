"""What the tests of commands share: one small year, loaded by the commands themselves once, and copied."""

from pathlib import Path

import pytest

from tests.cli.rolled import Instance


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Not to be changed by a test: see `instance`."""
    made = Instance(tmp_path_factory.mktemp("loaded"))
    made.load()
    return made


@pytest.fixture
def instance(loaded: Instance, tmp_path: Path) -> Instance:
    """A copy of one's own."""
    return loaded.copied(tmp_path / "noi")
