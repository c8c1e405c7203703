from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from khue.language.text import fold


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    notices = apps.get_model("notices", "Notice").objects
    some = []
    for notice in notices.only("subject", "body").iterator(1000):
        notice.folded = fold(f"{notice.subject} {notice.body}")
        some.append(notice)
        if len(some) == 1000:
            notices.bulk_update(some, ["folded"])
            some = []
    notices.bulk_update(some, ["folded"])


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_digest_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='folded',
            field=models.TextField(default='', editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
