"""Packages: everything that a tablet needs to work on an audit without a network (CONTRACT §5).

`reading` gets the rows of any number of audits in a fixed number of queries, `content` makes JSON of them, `checklist`
what is the same for every audit of one checklist version. What a tablet sends back is the business of `sync`.
"""

from isoaudit.services.packages.content import listed, one

__all__ = ["listed", "one"]
