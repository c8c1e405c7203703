from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# As before, but the ends are looked up where they are kept: entries that were removed leave a gap that stays.
ENDS = """
CREATE OR REPLACE FUNCTION journal_ends(asked text[])
RETURNS TABLE (of_dossier text, last_sequence integer, last_digest text)
LANGUAGE plpgsql AS $$
DECLARE one text;
BEGIN
    FOREACH one IN ARRAY asked LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('journal:' || one, 0));
    END LOOP;
    RETURN QUERY
        SELECT ended.dossier::text, ended.sequence, ended.digest::text
        FROM journal_end AS ended WHERE ended.dossier = ANY (asked);
END
$$;
"""
BEFORE = import_module("khue.journal.migrations.0001_initial").ENDS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
KNOWN = """
INSERT INTO journal_end (dossier, sequence, digest)
SELECT DISTINCT ON (dossier) dossier, sequence, digest FROM journal_entry ORDER BY dossier, sequence DESC;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='End',
            fields=[
                ('dossier', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('sequence', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(ENDS, BEFORE),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='lengthen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM (\n                SELECT dossier, sequence, previous, lag(sequence) OVER chain AS one_before,\n                       lag(digest) OVER chain AS bound\n                FROM added WINDOW chain AS (PARTITION BY dossier ORDER BY sequence)\n            ) AS entry LEFT JOIN journal_end AS ended USING (dossier)\n            WHERE entry.sequence <> coalesce(entry.one_before, ended.sequence, 0) + 1\n               OR entry.previous <> coalesce(entry.bound, ended.digest, '')\n        ) THEN\n            RAISE EXCEPTION 'Cannot add an entry that does not follow the last one of its dossier';\n        END IF;\n        INSERT INTO journal_end (dossier, sequence, digest)\n        SELECT DISTINCT ON (dossier) dossier, sequence, digest FROM added ORDER BY dossier, sequence DESC\n        ON CONFLICT (dossier) DO UPDATE SET sequence = EXCLUDED.sequence, digest = EXCLUDED.digest;\n        RETURN NULL;\n", hash='d4b39880f1ed35507c0ebd980e608b1ea9c8bee1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_lengthen_e48ad', referencing='REFERENCING NEW TABLE AS added ', table='journal_entry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='end',
            trigger=pgtrigger.compiler.Trigger(name='by_entries_alone', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (pg_trigger_depth() = 0)', func="RAISE EXCEPTION 'Cannot change how a chain of the journal ends';", hash='f18381da427058087f05e5b9a40962c6577abed2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_by_entries_alone_948f6', table='journal_end', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='end',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot empty the ends of the journal';", hash='e9eb2479badbebc224a8d8dd6396437d22923184', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e1d0b', table='journal_end', when='BEFORE')),
        ),
    ]
