"""`python -m tests.cases`: write the files anew. A changed expectation is a changed rule: read the difference."""

from tests.cases.making import FILES, FOLDER, text

for name, made in FILES.items():
    (FOLDER / name).write_text(text(made()), encoding="utf-8")
