"""Comparing with a list of numbers that the database makes once, to look rows up along an index."""

from typing import Any

from django.db.models import BigIntegerField, Lookup


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
