import django.db.models.deletion
import khue.core.clock
import khue.notices.models
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
            name='Preferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.CharField(choices=[('digest', 'Urgent ones at once, the others once a working day'), ('urgent', 'Only urgent ones'), ('none', 'No e-mail; I look here')], default='digest', max_length=10)),
                ('calendar_secret', models.CharField(default=khue.notices.models.new_secret, max_length=64, unique=True)),
                ('digest_on', models.DateField(blank=True, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=250)),
                ('body', models.TextField(blank=True)),
                ('folded', models.TextField(default='', editable=False)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('dossier', models.CharField(blank=True, max_length=80)),
                ('urgent', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['user', '-at'], name='notice_newest'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread'), models.Index(condition=models.Q(('mailed_at', None)), fields=['user'], name='notice_not_mailed'), models.Index(fields=['key'], name='notice_key')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='nobody_is_told_twice')],
            },
        ),
    ])
