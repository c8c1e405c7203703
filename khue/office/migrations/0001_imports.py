import django.db.models.deletion
import khue.core.clock
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField(blank=True)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('checked', 'Checked'), ('applying', 'Being entered'), ('applied', 'Entered'), ('failed', 'Broken off')], default='checking', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('blanks', models.JSONField(blank=True, default=dict)),
                ('back', models.CharField(blank=True, max_length=200)),
                ('outcome', models.JSONField(default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['by', 'kind', '-at'], name='import_of_person')],
            },
        ),
    ])
