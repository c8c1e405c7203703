from django.db import migrations

HEIRS = """
CREATE VIEW directory_{kind}heir AS
WITH RECURSIVE line (source_id, heir_id, main, exact) AS (
    SELECT old_id, new_id, kind <> 'part', kind = 'whole' FROM directory_{kind}succession WHERE "on" <= CURRENT_DATE
    UNION
    SELECT line.source_id, step.new_id, line.main AND step.kind <> 'part', line.exact AND step.kind = 'whole'
    FROM line JOIN directory_{kind}succession step ON step.old_id = line.heir_id AND step."on" <= CURRENT_DATE
), reached AS (
    SELECT source_id, heir_id, bool_or(main) AS main, bool_or(exact) AS exact FROM line GROUP BY 1, 2
    UNION ALL
    SELECT id, id, TRUE, TRUE FROM directory_{kind}
)
SELECT reached.source_id::bigint * 2147483648 + reached.heir_id AS id,
       reached.source_id, reached.heir_id, reached.main, reached.exact
FROM reached JOIN directory_{kind} heir ON heir.id = reached.heir_id
WHERE heir.valid_to IS NULL OR heir.valid_to >= CURRENT_DATE
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_names_and_successions")]

    operations = [
        migrations.RunSQL(HEIRS.format(kind=kind), f"DROP VIEW directory_{kind}heir") for kind in ("place", "unit")
    ]
