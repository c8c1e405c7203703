"""The whole of a figure, without a breakdown, and what happens to sums when a unit comes under another."""

from django.db import migrations

from khue.indicators.models.rolling import UNIT_MOVED

WHOLE = """
    INSERT INTO indicators_category (id, dimension_id, code, label, number) VALUES (1, NULL, 'total', 'Tổng số', 0);
    SELECT setval(pg_get_serial_sequence('indicators_category', 'id'), 1);
"""
NO_TRIGGER = """
    DROP TRIGGER IF EXISTS indicators_unit_moved ON directory_unit;
    DROP FUNCTION IF EXISTS indicators_unit_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("directory", "0002_names_and_successions")]

    operations = [
        migrations.RunSQL(WHOLE, "DELETE FROM indicators_category WHERE id = 1"),
        migrations.RunSQL(UNIT_MOVED, NO_TRIGGER),
    ]
