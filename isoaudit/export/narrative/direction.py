"""Section I: what was ordered and guided, and who was told and trained."""

from collections.abc import Sequence

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import ActivityKind, Block
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.directing import basis, directing, foremost
from isoaudit.export.narrative.phrases import begun_small, bullets, by_block, count, full, para
from isoaudit.export.narrative.reading import of_period
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.rows import DocumentRow


def direction(content: ReportContent) -> list[Flow]:
    """The section."""
    return [
        Heading(1, "Công tác chỉ đạo, điều hành"),
        Heading(2, "Văn bản chỉ đạo, hướng dẫn"),
        *_documents(content),
        Heading(2, "Tuyên truyền, đào tạo, tập huấn"),
        *_training(content),
    ]


def cited(each: DocumentRow) -> str:
    """A document as running text cites it: "Kế hoạch số 08/KH-SKHCN ngày 03/02/2020 của Sở … về duy trì …"."""
    about = begun_small(each.subject)
    return f"{_named(each)}{f' về {about}' if about else ''}"


def _named(each: DocumentRow) -> str:
    return f"{each.kind} số {each.number} ngày {short_date(each.issued_on)} của {each.issuer}"


def _documents(content: ReportContent) -> list[Flow]:
    issued, bases = directing(content), basis(content)
    found: list[Flow] = []
    if bases:
        told = "; ".join(map(cited, bases))
        found.append(
            para(
                content,
                "direction.basis",
                full(f"Việc áp dụng hệ thống quản lý chất lượng trên địa bàn tiếp tục thực hiện theo {told}"),
            )
        )
    if not issued:
        nothing = full(
            f"Trong kỳ báo cáo {content.period_name} chưa ghi nhận văn bản chỉ đạo, hướng dẫn nào được ban hành"
        )
        return [*found, para(content, "direction.none", nothing)]
    shown = foremost(content)
    told = f"Trong kỳ đã ban hành {count(len(issued), 'văn bản')} về xây dựng, áp dụng, duy trì, cải tiến hệ thống"
    rest = len(issued) - len(shown)
    tail = f", trong đó có {count(len(shown), 'văn bản')} chủ yếu sau" if rest and shown else ", gồm"
    annex = annex_name(content, "documents")
    listing = f" (danh mục tại {annex})" if rest and annex else ""
    if not shown:
        return [*found, para(content, "direction.issued", full(f"{told}{listing}"))]
    return [
        *found,
        para(content, "direction.issued", f"{told}{listing}{tail}:"),
        bullets(content, "direction.documents", map(cited, shown)),
    ]


def _training(content: ReportContent) -> list[Flow]:
    told = _about(content, ("tap huan", "dao tao", "boi duong"))
    spread = _about(content, ("tuyen truyen", "pho bien", "truyen thong"))
    trained = _units(content, ActivityKind.TRAINING)
    found: list[Flow] = []
    if spread:
        found.append(
            para(content, "training.communication", full(f"Công tác tuyên truyền thực hiện theo {_numbers(spread)}"))
        )
    else:
        nothing = full("Trong kỳ chưa ghi nhận văn bản riêng về công tác tuyên truyền")
        found.append(para(content, "training.communication", nothing))
    plan = full(f"Việc đào tạo, tập huấn thực hiện theo {_numbers(told)}") if told else ""
    if trained:
        held = full(
            f"Đến ngày {short_date(content.as_of)}, có {count(sum(dict(trained).values()))} đã tổ chức hoặc cử người "
            f"tham gia đào tạo, tập huấn về hệ thống quản lý chất lượng, gồm: {by_block(content, trained)}"
        )
    else:
        held = full("Đến ngày chốt số liệu chưa ghi nhận đơn vị nào tổ chức đào tạo, tập huấn trong năm")
    found.append(para(content, "training.held", plan, held))
    return found


def _about(content: ReportContent, words: Sequence[str]) -> list[DocumentRow]:
    return [each for each in of_period(content) if any(word in fold(each.subject) for word in words)]


def _numbers(documents: Sequence[DocumentRow]) -> str:
    return "; ".join(f"{each.kind} số {each.number} ngày {short_date(each.issued_on)}" for each in documents)


def _units(content: ReportContent, kind: ActivityKind) -> list[tuple[str, int]]:
    """By block, in the order of the blocks: that of a mapping is lost in what is stored."""
    counts = ((block.value, content.activities.get(block.value, {}).get(kind.value, 0)) for block in Block)
    return [(block, number) for block, number in counts if number]
