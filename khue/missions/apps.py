from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "khue.missions"

    def ready(self) -> None:
        """Tell the apps below what missions have to do with search, likeness and the journal's sentences."""
        from khue.missions import (
            accept_standing,
            carry_standing,
            measures,
            order_standing,
            past_standing,
            select_standing,
        )

        past_standing.register()
        order_standing.register()
        select_standing.register()
        carry_standing.register()
        accept_standing.register()
        measures.register()
