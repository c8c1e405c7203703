"""Every petition is counted under a unit, also one that a voter or an association voices."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """The unit that voices it, else the one whose document tells it, else the register, else who answers."""
    petition, document = (apps.get_model(*name) for name in (("petitions", "Petition"), ("documents", "Document")))
    told_in = document.objects.filter(pk=OuterRef("document"))
    by = Coalesce(F("unit"), Subquery(told_in.values("issuer")[:1]), Subquery(told_in.values("unit")[:1]), F("recipient"))
    petition.objects.update(through=by)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [
        migrations.AddField(
            "petition", "through",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="petitions_through",
                to="directory.unit",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "petition", "through",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="petitions_through", to="directory.unit"
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                condition=Q(unit=None) | Q(unit=F("through")), name="petition_of_a_unit_counts_there"
            ),
        ),
        migrations.AddIndex(
            "petition", models.Index(fields=["through", "raised_on"], name="petition_counted_under")
        ),
    ]
