from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndicatorsConfig(AppConfig):
    name = "khue.indicators"

    def ready(self) -> None:
        """Tell the apps below what indicators have to do with files and the journal's sentences."""
        from khue.indicators import checks, exchange, standing  # noqa: F401 - checks register themselves

        standing.register()
        exchange.register_all()
        post_migrate.connect(_load, sender=self)


def _load(**_: Any) -> None:
    """Programmes go into their tables with the migrations: wherever the tables are, the indicators are."""
    from khue.indicators.actions.definitions import load_programmes

    load_programmes()
