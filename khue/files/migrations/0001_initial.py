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
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier_kind', models.SlugField(max_length=40)),
                ('dossier_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=250)),
                ('restricted', models.BooleanField(default=False)),
                ('keep_years', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removal_reason', models.CharField(blank=True, max_length=250)),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['dossier_kind', 'dossier_id'], name='file_of_dossier')],
                'constraints': [models.CheckConstraint(condition=models.Q(('removed_at', None), models.Q(('removal_reason', ''), _negated=True), _connector='OR'), name='file_removed_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=250)),
                ('kind', models.CharField(max_length=12)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('uploaded_at', models.DateTimeField(default=khue.core.clock.now)),
                ('text_state', models.CharField(choices=[('waiting', 'Đang đọc'), ('read', 'Đã đọc'), ('unreadable', 'Không đọc được'), ('none', 'Không có chữ để đọc')], default='waiting', max_length=12)),
                ('text', models.TextField(blank=True)),
                ('lines', models.JSONField(blank=True, default=list)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('read_done', models.PositiveIntegerField(default=0)),
                ('read_total', models.PositiveIntegerField(default=0)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='files.file')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['file', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='files.version')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='file_version_once'),
        ),
    ])
