"""Migrations that tell Django of many changes at once.

After every single operation Django builds anew the classes of all models that are related to the changed one, and in
Khuê nearly all are: a new database took half a minute for that alone. The tables come out the same.

    operations = at_once([migrations.CreateModel(…), migrations.AddField(…), migrations.AddConstraint(…)])
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

CHANGES = (AddField, AlterField, AlterModelOptions, AddIndex, RemoveIndex, AddConstraint, RemoveConstraint)


class Together(Operation):
    """Operations that do not look at each other's outcome; the classes are built once, when they are next asked for."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration file writes it."""
        return self.__class__.__name__, [self.operations], {}

    @property
    def reversible(self) -> bool:  # type: ignore[override]  # Django has an attribute here
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change what is known of the models, leaving no classes behind that would have to follow each change."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change the tables in the order written."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Change them back, the last first; each wants the models as they were around it."""
        states = [to_state]
        for operation in self.operations:
            states.append(states[-1].clone())
            operation.state_forwards(app_label, states[-1])
        around = zip(self.operations, states, states[1:], strict=False)
        for operation, before, after in reversed(list(around)):
            operation.database_backwards(app_label, schema_editor, after, before)

    def describe(self) -> str:
        """In English, for `migrate --plan`."""
        return "; ".join(operation.describe() for operation in self.operations)


def at_once(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with runs of new models, and of changes to their fields and rules, taken together."""
    together: list[Operation] = []
    for kind, run in groupby(operations, _kind):
        members = list(run)
        together += [Together(members)] if kind and len(members) > 1 else members
    return together


def _kind(operation: Operation) -> str:
    if isinstance(operation, CreateModel):
        return "models"
    return "changes" if isinstance(operation, CHANGES) else ""
