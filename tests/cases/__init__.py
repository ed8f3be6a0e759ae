"""Cases that the server (Python) and the tablet (TypeScript) are both held to: one JSON file for each rule.

`python -m tests.cases` writes them anew from the inputs in `making`; `tests/domain/test_cases.py` finds any that the
rules here no longer give, `isoaudit/client` runs the same files.
"""
