"""Rows, with the rows they point to, that actions and pages ask for again and again by a number. As in
khue/core/described.py the question is put into SQL once, which takes Django longer than asking does."""

from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
NUMBER = -(2**62)
"""Stands in the question where the number belongs."""


class ByNumber(Generic[M]):
    """The rows of a question in which nothing is another each time but `NUMBER`."""

    def __init__(self, question: Callable[[], "QuerySet[M]"]) -> None:
        self._question = question
        self._kept: tuple[SQLCompiler, str, tuple[Any, ...]] | None = None

    def get(self, number: int) -> M:
        """The one row. Raises DoesNotExist where there is none."""
        found = self.all(number)
        if not found:
            model: Any = self._question().model
            raise model.DoesNotExist(f"no {model._meta.object_name} {number}")
        return found[0]

    def all(self, number: int) -> list[M]:
        """All of them."""
        compiler, statement, values = self._described()
        connection = connections[DEFAULT_DB_ALIAS]
        if compiler.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("Rows are locked until a transaction ends, and there is none.")
        asked = copy(compiler)
        asked.connection = connection
        filled = tuple(number if value == NUMBER else value for value in values)
        vars(asked)["as_sql"] = lambda *_how, **_more: (statement, filled)
        query = SimpleNamespace(get_compiler=lambda **_how: asked)
        rows = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(cast("QuerySet[M]", rows)))

    def _described(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        if self._kept is None:
            compiler = self._question().query.get_compiler(DEFAULT_DB_ALIAS)
            statement, values = compiler.as_sql()
            self._kept = compiler, statement, tuple(values)
        return self._kept
