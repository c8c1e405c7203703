from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):
    """Classes of products are words of the shelf, named there and nowhere else."""

    dependencies = [("missions", "0005_acceptance_confirmed")]

    operations = at_once([
        migrations.AlterField(model_name="planproduct", name="kind", field=models.CharField(max_length=3)),
    ])  # fmt: skip
