import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from khue.core.migrating import at_once

# Each statement of a function like this sees what is committed when the statement begins: the ends are read after the
# locks were granted. One SELECT that both locked and read would see the chains as they were before it waited.
ENDS = """
CREATE FUNCTION journal_ends(asked text[]) RETURNS TABLE (of_dossier text, last_sequence integer, last_digest text)
LANGUAGE plpgsql AS $$
DECLARE one text;
BEGIN
    FOREACH one IN ARRAY asked LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('journal:' || one, 0));
    END LOOP;
    RETURN QUERY
        SELECT entry.dossier::text, entry.sequence::integer, entry.digest::text
        FROM unnest(asked) AS wanted(dossier) CROSS JOIN LATERAL (
            SELECT each.dossier, each.sequence, each.digest FROM journal_entry AS each
            WHERE each.dossier = wanted.dossier ORDER BY each.sequence DESC LIMIT 1
        ) AS entry;
END
$$;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier', models.CharField(max_length=80)),
                ('sequence', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(max_length=120)),
                ('acting_for', models.CharField(blank=True, max_length=250)),
                ('verb', models.CharField(max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['dossier', 'sequence'],
                'indexes': [models.Index(fields=['-at'], name='journal_newest'), models.Index(fields=['verb', 'at'], name='journal_verb')],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'sequence'), name='journal_one_chain')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e2357730d0621f5305f59f950d1d9c44e23f9e8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d2d9', table='journal_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Cannot empty the journal';", hash='368fb11317ab3666f2bd95c5eeb143232f8ce6e0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c2177', table='journal_entry', when='BEFORE')),
        ),
        migrations.RunSQL(ENDS, "DROP FUNCTION journal_ends(text[])"),
    ])
