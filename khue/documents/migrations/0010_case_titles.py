"""The cases of directives are called by what is to be done, as new ones are."""

from django.db import migrations

from khue.language.directives.title import title_of

BATCH = 2000


def call_by_work(apps, schema_editor):
    """Cases keep a title of their own, because the desk shows it; it was the beginning of the content."""
    Directive, Case = apps.get_model("documents", "Directive"), apps.get_model("flow", "Case")
    rows = Directive.objects.exclude(case=None).values_list("case", "content").order_by("pk")
    batch = []
    for case, content in rows.iterator(chunk_size=BATCH):
        batch.append(Case(pk=case, title=title_of(content)))
        if len(batch) == BATCH:
            Case.objects.bulk_update(batch, ["title"])
            batch = []
    Case.objects.bulk_update(batch, ["title"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_assigning"), ("flow", "0002_party_index")]
    operations = [migrations.RunPython(call_by_work, migrations.RunPython.noop)]
