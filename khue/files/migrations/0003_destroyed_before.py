from django.db import migrations

# What was destroyed before a file had a place for the day: the journal told it in the transaction that took the file off.
FILL = """
UPDATE files_file SET disposed_at = removed_at
FROM journal_entry entry
WHERE disposed_at IS NULL AND entry.verb = 'files.disposed'
  AND entry.dossier = dossier_kind || ':' || dossier_id AND entry.facts ->> 'title' = title
  AND entry.at BETWEEN removed_at AND removed_at + interval '1 minute'
  AND entry.facts -> 'sha256' =
      (SELECT jsonb_agg(sha256 ORDER BY number) FROM files_version WHERE file_id = files_file.id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_one_way_to_keep'),
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
