"""The province's catalogue of administrative procedures (TTHC), its words and its pure rules: which version of a
procedure stands on a day, what a publication decision does to it, what each unit then has to do (RULES §3).

Rows and their history are elsewhere (`db.catalogue`, `services.catalogue`); counts of TTHC that units state themselves
are in `procedure_counts`.
"""

from isoaudit.domain.vocabulary import Word


class ProcedureLevel(Word):
    """The level of government that settles a procedure."""

    PROVINCE = "province", "cấp tỉnh", "province"
    DISTRICT = "district", "cấp huyện", "district"
    COMMUNE = "commune", "cấp xã", "commune"


class ProcedureLink(Word):
    """Whether a procedure passes through several bodies (CONTRACT §3, sheet `procedures`)."""

    NOT_LINKED = "not_linked", "không liên thông", "not linked"
    SAME_LEVEL = "linked_same_level", "liên thông cùng cấp", "linked at the same level"
    BETWEEN_LEVELS = "linked_between_levels", "liên thông các cấp", "linked between levels"


class OnlineLevel(Word):
    """How far a procedure can be settled online (FACTS §2)."""

    FULL = "full", "toàn trình", "fully online"
    PARTIAL = "partial", "một phần", "partly online"
    INFORMATION = "information", "cung cấp thông tin", "information only"


class CatalogueChange(Word):
    """What a publication decision does to a procedure."""

    ADDED = "added", "mới ban hành", "added"
    CHANGED = "changed", "sửa đổi, bổ sung", "changed"
    ABOLISHED = "abolished", "bãi bỏ", "abolished"
