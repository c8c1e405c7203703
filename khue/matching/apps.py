from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "khue.matching"

    def ready(self) -> None:
        """What the journal says of verdicts."""
        from khue.journal import listening, sentences
        from khue.matching import directory_records, standing
        from khue.matching.actions import heard

        sentences.register(
            {
                "match.same": _("%(actor)s judged the two records to be the same"),
                "match.related": _("%(actor)s judged the two records to be related, not the same"),
                "match.other": _("%(actor)s judged the two records to have nothing to do with each other"),
                "match.sweep": _("%(actor)s had all records compared with each other"),
            }
        )
        directory_records.register()
        listening.register(heard)
        standing.register()
