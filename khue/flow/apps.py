from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FlowConfig(AppConfig):
    name = "khue.flow"

    def ready(self) -> None:
        from khue.flow import checks, sentences, standard  # noqa: F401 - they register themselves
        from khue.flow.feed import deadlines_of
        from khue.notices import calendar

        calendar.register(deadlines_of)

        post_migrate.connect(_load, sender=self)


def _load(**_: Any) -> None:
    """The shelf goes into its table with the migrations: wherever the tables are, the processes are."""
    from khue.flow.actions import load_shelf

    load_shelf()
