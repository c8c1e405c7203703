"""Holds a template against what there is: indicators, measures, sources of text, names that patterns may use."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from khue.flow.shelf.table import Problem
from khue.flow.shelf.values import HOUSE
from khue.indicators import measures, texts
from khue.indicators.composing.facts import wrong_name
from khue.indicators.composing.patterns import names_in, names_of
from khue.indicators.composing.values import BlockText, Condition, Template


@dataclass(frozen=True, slots=True)
class Known:
    """What templates may name."""

    indicators: frozenset[str]
    programmes: frozenset[str]
    sets: frozenset[str]
    parts: frozenset[str]
    """Names of text parts of units' reports."""
    law: Collection[str]


def wrong_in(template: Template, file: str, known: Known) -> Iterator[Problem]:
    """Every name of the template that means nothing."""
    for key, names, there in (
        ("programmes", template.programmes or (), known.programmes),
        ("sets", template.sets, known.sets),
    ):
        yield from (Problem(file, key, f"không có «{name}»") for name in names if name not in there)
    if template.basis.instrument not in {HOUSE, *known.law}:
        yield Problem(file, "basis", f"không có văn bản «{template.basis.instrument}» trong processes/law")
    yield from _names(file, "subject", names_in(template.subject), "", known)
    for number, block in enumerate(template.blocks, 1):
        yield from _of_block(block, file, f"blocks[{number}]", known)


def _of_block(block: BlockText, file: str, key: str, known: Known) -> Iterator[Problem]:
    scope = "indicator" if block.kind == "chart" and block.rows != "indicator" else ""
    yield from _names(file, f"{key}.text", names_in(block.text), scope, known)
    yield from _conditions(file, f"{key}.when", block.when, "", known)
    yield from _conditions(file, f"{key}.which", block.which, block.rows, known)
    for number, sentence in enumerate(block.sentences, 1):
        place = f"{key}.sentences[{number}]"
        yield from _names(file, f"{place}.say", names_in(sentence.say), block.rows, known)
        yield from _conditions(file, f"{place}.when", sentence.when, block.rows, known)
    for number, column in enumerate(block.columns, 1):
        place, inside = f"{key}.columns[{number}]", "indicator" if column.each else block.rows
        yield from _names(file, f"{place}.head", names_in(column.head), "indicator" if column.each else "", known)
        yield from _names(file, f"{place}.say", names_in(column.say), inside, known)
        yield from _conditions(file, f"{place}.when", column.when, "", known)
    yield from _taken(block, file, key, known)


def _taken(block: BlockText, file: str, key: str, known: Known) -> Iterator[Problem]:
    """Indicators, measures and texts that the block takes by name."""
    there, what = (measures.names(), "số đếm") if block.rows == "measure" else (known.indicators, "chỉ tiêu")
    yield from (Problem(file, f"{key}.only", f"không có {what} «{name}»") for name in block.only if name not in there)
    if block.source and block.source not in texts.names():
        yield Problem(
            file, f"{key}.from", f"không có nguồn chữ «{block.source}»; có: {', '.join(sorted(texts.names()))}"
        )
    code, part = block.asked
    if code and code not in known.sets:
        yield Problem(file, f"{key}.reports.set", f"không có biểu «{code}»")
    if part and part not in known.parts:
        yield Problem(file, f"{key}.reports.part", f"không biểu nào có phần chữ «{part}»")


def _names(file: str, key: str, names: list[str], scope: str, known: Known) -> Iterator[Problem]:
    for name in names:
        if wrong := wrong_name(name, scope, known.indicators):
            yield Problem(file, key, wrong)


def _conditions(file: str, key: str, conditions: tuple[Condition, ...], scope: str, known: Known) -> Iterator[Problem]:
    yield from _names(file, key, [name for one in conditions for name in names_of(one)], scope, known)
