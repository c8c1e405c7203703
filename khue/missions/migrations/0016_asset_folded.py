from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from khue.language.text import fold


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    assets = apps.get_model("missions", "Asset").objects
    some = list(assets.only("name", "code"))
    for asset in some:
        asset.folded = fold(f"{asset.name} {asset.code}")
    assets.bulk_update(some, ["folded"], batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('missions', '0015_living'),
    ]

    operations = [
        migrations.AddField(
            model_name='asset',
            name='folded',
            field=models.CharField(default='', editable=False, max_length=350),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
