"""Hits judged with the two words of before say the third of today: what was `different` is `other`."""

from django.db import migrations


def rename(apps, schema_editor):  # noqa: ARG001 - called so by Django
    for search in apps.get_model("needs", "DuplicateSearch").objects.filter(hits__contains=[{"judgement": "different"}]):
        for hit in search.hits:
            if hit.get("judgement") == "different":
                hit["judgement"] = "other"
        search.save(update_fields=["hits"])


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_identify")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
