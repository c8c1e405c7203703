from django.db import migrations, models

# The one step at which cases rest in the versions that were released before holdings knew it.
KNOWN = """
UPDATE flow_holding AS held SET rests = true
FROM flow_case AS dossier JOIN flow_processversion AS version ON version.id = dossier.process_version_id
WHERE held.case_id = dossier.id AND held.until IS NULL AND held.step = 'recurring'
  AND version.process = 'directive-follow-up'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('flow', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='holding',
            name='rests',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
