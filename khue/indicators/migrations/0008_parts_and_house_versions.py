from django.db import migrations, models


class Migration(migrations.Migration):
    """Composed reports take blocks that people add; an office changes what an indicator of the shelf means."""

    dependencies = [("indicators", "0007_rollup_over_time")]

    operations = [
        migrations.AddField("composedblock", "added", models.BooleanField(default=False)),
        migrations.AddField("composedblock", "recipe", models.JSONField(blank=True, default=dict)),
        migrations.AddField("indicatorversion", "house", models.BooleanField(default=False)),
    ]
