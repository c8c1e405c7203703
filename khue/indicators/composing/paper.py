"""A composed report as text with simple markup, and from there as an official paper or as sheets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from django.db.models import Q

from khue.core.clock import today
from khue.directory.letterhead import letterhead
from khue.directory.models import Unit
from khue.directory.search import department
from khue.indicators.composing.values import Made
from khue.indicators.models import Composed, Programme
from khue.office.charts import png
from khue.office.excel import PlainSheet, sheets
from khue.office.word import official
from khue.office.word.markup import annexes, blocks
from khue.office.word.paper import OfficialPaper, Signature

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it stands in the report; of a heading `number` is the one that it is printed with."""

    name: str
    kind: str
    text: str
    level: int = 1
    italic: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    number: str = ""

    @property
    def says(self) -> bool:
        """Whether it is more than a heading over nothing."""
        return bool(self.data) if self.kind in {"table", "chart"} else bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report, ready to be printed or handed over."""

    subject: str
    layout: Literal["state", "party"]
    body: Unit
    """Who reports."""
    parts: list[Part]

    @property
    def above(self) -> str:
        """To whom: the unit above."""
        return self.body.parent.name if self.body.parent else ""


def parts_of_made(made: Iterable[Made]) -> list[Part]:
    """Blocks that were just made, as they stand in the report."""
    return standing([Part(one.name, one.kind, one.text, one.level, one.italic, one.data) for one in made])


def parts_of(report: Composed) -> list[Part]:
    """The blocks of a report that stand in it; dropped ones are left out."""
    rows = [one for one in report.blocks.all() if not one.dropped]
    return standing([Part(one.name, one.kind, one.text, one.level, one.italic, one.data) for one in rows])


def standing(parts: Iterable[Part]) -> list[Part]:
    """Those that say something, numbered; a heading or annex stands only over something."""
    kept: list[Part] = []
    waiting: list[Part] = []
    for part in (one for one in parts if one.says):
        if part.kind in {"heading", "annex"}:
            waiting = [one for one in waiting if part.kind == "heading" and _above(one, part)]
            waiting.append(part)
            continue
        kept += [*waiting, part]
        waiting = []
    return list(_numbered(kept))


def _above(one: Part, other: Part) -> bool:
    return one.kind == "annex" or one.level < other.level


def _numbered(parts: Iterable[Part]) -> Iterator[Part]:
    first = second = 0
    annexed = False
    for part in parts:
        annexed = annexed or part.kind == "annex"
        if part.kind != "heading" or annexed:
            yield part
        elif part.level == 1:
            first, second = first + 1, 0
            yield replace(part, number=f"{ROMAN[first]}." if first < len(ROMAN) else f"{first}.")
        else:
            second += 1
            yield replace(part, number=f"{second}.")


def body_of(parts: Iterable[Part]) -> str:
    """The report in the markup of drafts; pictures by name (`pictures_of`)."""
    pictures = 0
    found = []
    for part in parts:
        pictures += part.kind == "chart"
        found.append(_written(part, pictures))
    return "\n\n".join(found)


def _written(part: Part, pictures: int) -> str:
    match part.kind:
        case "heading":
            return f"{'#' * part.level} {part.number} {part.text}".replace("  ", " ")
        case "annex":
            return f"--- {' '.join(part.text.split())}"
        case "table":
            return _table(part)
        case "chart":
            return f"![{part.text.replace(']', ')')}](Hình {pictures})"
    return f"*{part.text}*" if part.italic and "\n" not in part.text else part.text


def _table(part: Part) -> str:
    rows = [part.data["head"], ["---:" if side == "r" else "---" for side in part.data["sides"]]]
    rows += [[cell["text"] for cell in row] for row in part.data["rows"]]
    lines = [f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in row)} |" for row in rows]
    return "\n".join([*([f"|= {part.text}"] if part.text else []), *lines])


def pictures_of(parts: Iterable[Part]) -> dict[str, bytes]:
    """The charts, drawn, by the name that the text gives them."""
    charts = [one for one in parts if one.kind == "chart"]
    return {f"Hình {number}": png(dict(one.data["spec"])) for number, one in enumerate(charts, 1)}


def paper_of(report: Composed) -> Paper:
    """A report that is kept, as it stands now."""
    parts = parts_of(report)
    return Paper(
        report.subject, cast(Any, report.layout), reporter(report.unit, report.programme, report.layout), parts
    )


def reporter(unit: Unit, programme: Programme | None, layout: str) -> Unit:
    """Who reports: the unit itself, for the whole city the unit that runs the programme; in the Party's layout its
    Party body, where the directory has one."""
    office = unit if unit.parent is not None else (programme.lead if programme else None) or department()
    return (party_of(office) if layout == "party" else None) or office


def party_of(office: Unit) -> Unit | None:
    """The Party body of an office: below it in the directory, else that of the same place."""
    beside = Q(parent=office) | (Q(place=office.place_id) if office.place_id else Q(pk__in=[]))
    rows = Unit.objects.as_of(today()).filter(beside, kind=Unit.Kind.PARTY)
    return rows.select_related("parent", "place").order_by("-path").first()


def word(paper: Paper, *, on: date) -> bytes:
    """The report as a Word file in its layout, unsigned and without number."""
    return official(official_paper(paper, on=on))


def official_paper(paper: Paper, *, on: date) -> OfficialPaper:
    """The report as an official paper."""
    pictures = pictures_of(paper.parts)
    body, appendices = annexes(body_of(paper.parts))
    above, head = paper.above, letterhead(paper.body)
    return OfficialPaper(
        layout=paper.layout, parent_body=head.above, body=head.body, place=head.place, subject=paper.subject,
        sign=f"BC{'-' if paper.layout == 'state' else '/'}{head.code}",
        blocks=blocks(body, pictures), type_name="BÁO CÁO", issued_on=on,
        signature=Signature(head.post, "", head.authority, head.on_behalf), addressees=[above] if above else (),
        recipients=["Như trên"] if above else (),
        appendices=[(title, blocks(text, pictures)) for title, text in appendices],
    )  # fmt: skip


def excel(paper: Paper) -> bytes:
    """The figures of the report: each of its tables on a sheet of its own, numbers as numbers."""
    tables = [one for one in paper.parts if one.kind == "table"]
    made = [
        PlainSheet(
            one.text or paper.subject,
            list(one.data["head"]),
            [[_value(cell) for cell in row] for row in one.data["rows"]],
        )
        for one in tables
    ]
    return sheets(paper.subject, made)


def _value(cell: Mapping[str, Any]) -> Decimal | str:
    return cell["text"] if cell["value"] is None else Decimal(cell["value"])
