"""Operations taken together leave the same models behind as one after another."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from khue.core.migrating import Together, at_once


def _operations() -> list[Operation]:
    number = [("id", models.BigAutoField(primary_key=True))]
    return [
        migrations.CreateModel("Pond", [*number, ("name", models.CharField(max_length=20))]),
        migrations.CreateModel("Fish", [*number, ("weight", models.IntegerField(default=1))]),
        migrations.AddField("fish", "pond", models.ForeignKey("core.pond", models.CASCADE)),
        migrations.AddIndex("fish", models.Index("weight", name="fish_weight")),
        migrations.AddConstraint("fish", models.UniqueConstraint("pond", "weight", name="fish_differ")),
        migrations.RemoveField("pond", "name"),
    ]


def _state(operations: list[Operation]) -> ProjectState:
    state = ProjectState()
    state.apps.get_models()  # its classes are built, as in the middle of a migration
    for operation in operations:
        operation.state_forwards("core", state)
    return state


def test_runs_are_taken_together_and_the_order_is_kept() -> None:
    models_, changes, alone = at_once(_operations())
    assert isinstance(models_, Together)
    assert isinstance(changes, Together)
    assert [len(models_.operations), len(changes.operations)] == [2, 3]
    assert isinstance(alone, migrations.RemoveField)
    assert models_.reversible


def test_the_models_are_the_same() -> None:
    apart, together = _state(_operations()), _state(at_once(_operations()))
    assert together.models == apart.models
    fish = together.apps.get_model("core", "fish")
    assert {field.name for field in fish._meta.get_fields()} == {"id", "weight", "pond"}
    assert fish._meta.get_field("pond").related_model is together.apps.get_model("core", "pond")


@pytest.mark.django_db
def test_the_tables_are_made_and_unmade() -> None:
    made = type("Made", (migrations.Migration,), {"operations": at_once(_operations())})("made", "core")
    # No transaction of the editor's own: the test is one already, and ends with nothing left behind.
    with connection.schema_editor(atomic=False) as editor:
        made.apply(ProjectState(), editor)
    assert {"core_pond", "core_fish"} <= set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "core_fish")
    assert found["fish_weight"]["index"]
    assert found["fish_differ"]["unique"]
    with connection.schema_editor(atomic=False) as editor:
        made.unapply(ProjectState(), editor)
    assert not {"core_pond", "core_fish"} & set(connection.introspection.table_names())
