"""Comparing with a list of numbers that the database makes once, to look rows up along an index."""

from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField, Lookup, Value


@BigIntegerField.register_lookup
class OfArray(Lookup):
    """`id = ANY(array)`. Unlike `IN (SELECT …)` beside an OR, the database then looks each of the parts up by index."""

    lookup_name = "of_array"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The comparison and its parameters."""
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*left_parameters, *right_parameters)


def array(numbers: Collection[int]) -> Value:
    """What `of_array` compares with, where the numbers are known: thousands of them are one parameter, already
    written as the database reads it."""
    return Value("{" + ",".join(map(str, numbers)) + "}")
