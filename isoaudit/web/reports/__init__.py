"""The room of reports: drafts with their wording, approval, issuing, what stands of issued ones, and who issues.

`index` lists them and gives files of today's figures; `drafting` makes drafts and edits their paragraphs; `issuing`
approves and freezes; `issued` shows what stands, what would differ today, and makes corrections; `profiles` keeps the
issuers' letterheads. The blueprint is in `blueprint`.
"""

from isoaudit.web.reports import drafting, index, issued, issuing, profiles
from isoaudit.web.reports.blueprint import pages

__all__ = ["drafting", "index", "issued", "issuing", "pages", "profiles"]
