"""The newest needs of a commune are found along an index, however many it ever had."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("needs", "0005_in_order")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX need_newest_of_place ON needs_need_places (place_id, need_id)",
            "DROP INDEX need_newest_of_place",
        )
    ]
