"""Where chains end, asked for in one go: whoever is to write on waits here for whoever is writing now."""

from django.db import migrations

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
    dependencies = [("journal", "0003_verb_index")]

    operations = [migrations.RunSQL(ENDS, "DROP FUNCTION journal_ends(text[])")]
