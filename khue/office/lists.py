"""Lists as workbooks: what is there, to be changed and brought back, or an empty one to begin with."""

from collections.abc import Mapping
from typing import Any

from khue.core.actors import Actor
from khue.core.exchange import Exchange, Field
from khue.core.refusals import require
from khue.office.excel import Column, workbook
from khue.office.sheets import template


def exported(exchange: Exchange, *, by: Actor) -> bytes:
    """Everything of a kind that `by` may see, as `read` reads it. Raises `Refused` as `exchange.may` says."""
    require(exchange.may(by))
    columns: list[Column[Mapping[str, Any]]] = [_column(each) for each in exchange.fields]
    return workbook(str(exchange.label), columns, exchange.export(by), most=None)


def empty(exchange: Exchange) -> bytes:
    """The template of a kind: its columns and one example row."""
    return template(exchange.fields, [exchange.examples])


def _column(field: Field) -> Column[Mapping[str, Any]]:
    return Column(field.label, lambda row: row.get(field.key), field.kind, str(field.meaning))
