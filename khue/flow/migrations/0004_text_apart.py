"""The files of a version move into a table of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("flow", "0003_holding_divisions")]

    operations = [
        migrations.CreateModel(
            name="ProcessText",
            fields=[
                (
                    "of",
                    models.OneToOneField(
                        on_delete=models.CASCADE, primary_key=True, related_name="text", serialize=False,
                        to="flow.processversion",
                    ),
                ),
                ("files", models.JSONField()),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO flow_processtext (of_id, files) SELECT id, files FROM flow_processversion",
            "UPDATE flow_processversion SET files = there.files FROM flow_processtext AS there WHERE there.of_id = id",
        ),
        # The way back needs an empty value for the rows that are there until the text is put into them again.
        migrations.AlterField("processversion", "files", models.JSONField(default=dict)),
        migrations.RemoveField("processversion", "files"),
    ]
