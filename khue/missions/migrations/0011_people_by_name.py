"""Outlines name people in words; who they are in the directory is linked once the outline is no secret (decision 0012)."""

from django.db import migrations, models
from django.db.models import Q

from khue.core.migrating import at_once

COPY = """
UPDATE missions_planperson part SET name = person.full_name, title = person.title
FROM directory_person person WHERE person.id = part.person_id;
UPDATE missions_planstage stage SET who = person.full_name
FROM directory_person person WHERE person.id = stage.person_id;
UPDATE missions_attachment file SET who = person.full_name
FROM directory_person person WHERE person.id = file.person_id;
UPDATE missions_application application SET investigator_name = trim(person.title || ' ' || person.full_name)
FROM directory_person person WHERE person.id = application.investigator_id;
"""


class Migration(migrations.Migration):
    dependencies = [("missions", "0010_reviews")]

    operations = at_once([
        migrations.AddField("planperson", "name", models.CharField(max_length=120, default=""), preserve_default=False),
        migrations.AddField("planperson", "title", models.CharField(blank=True, max_length=60, default=""), preserve_default=False),
        migrations.AddField("planstage", "who", models.CharField(blank=True, max_length=120, default=""), preserve_default=False),
        migrations.AddField("attachment", "who", models.CharField(blank=True, max_length=120, default=""), preserve_default=False),
        migrations.AddField("application", "investigator_name", models.CharField(blank=True, max_length=185, default=""), preserve_default=False),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveField("planstage", "person"),
        migrations.RemoveField("attachment", "person"),
        migrations.AlterField(
            "planperson",
            "person",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="plan_parts", to="directory.person"
            ),
        ),
        migrations.AddConstraint(
            "planperson", models.CheckConstraint(condition=~Q(name=""), name="plan_person_named")
        ),
    ])
