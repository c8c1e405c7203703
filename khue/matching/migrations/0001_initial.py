import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import khue.core.clock
import khue.matching.models.entry
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
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record', models.BigIntegerField()),
                ('title', models.TextField()),
                ('summary', models.TextField(blank=True)),
                ('detail', models.CharField(blank=True, max_length=400)),
                ('url', models.CharField(max_length=400)),
                ('sign', models.CharField(blank=True, max_length=120)),
                ('host', models.CharField(blank=True, max_length=400)),
                ('place', models.CharField(blank=True, max_length=400)),
                ('field', models.CharField(blank=True, max_length=120)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=None, null=True, size=None)),
                ('gone', models.BooleanField(default=False)),
                ('transaction', models.BigIntegerField(db_default=khue.matching.models.entry._Transaction())),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='matching_entry_words'), models.Index(fields=['transaction', 'id'], name='matching_entry_news'), models.Index(condition=models.Q(('gone', False), ('keys', None)), fields=['kind'], name='matching_entry_no_keys')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'record'), name='matching_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind_a', models.CharField(db_collation='C', max_length=40)),
                ('pk_a', models.BigIntegerField()),
                ('kind_b', models.CharField(db_collation='C', max_length=40)),
                ('pk_b', models.BigIntegerField()),
                ('verdict', models.CharField(choices=[('same', 'The same'), ('related', 'Related, not the same'), ('other', 'Has nothing to do with it')], max_length=8)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField()),
                ('band', models.CharField(choices=[('same', 'Says the same'), ('related', 'Related'), ('other', 'Shares some words')], max_length=10)),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('found_at', models.DateTimeField(default=khue.core.clock.now)),
                ('state', models.CharField(choices=[('open', 'To be judged'), ('linked', 'Kept side by side'), ('merged', 'Merged'), ('dismissed', 'Not the same')], default='open', max_length=10)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.entry')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.entry')),
                ('verdict', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.feedback')),
            ],
            options={
                'ordering': ['-score', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('state', models.CharField(choices=[('working', 'Being compared'), ('done', 'Compared'), ('broken', 'Broken off')], default='working', max_length=10)),
                ('starts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('waiting', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('last', models.BigIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('found', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('told_at', models.DateTimeField(default=khue.core.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['kind_b', 'pk_b'], name='matching_feedback_other'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(fields=('kind_a', 'pk_a', 'kind_b', 'pk_b', 'by'), name='matching_feedback_once'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('kind_a__lt', models.F('kind_b')), models.Q(('kind_a', models.F('kind_b')), ('pk_a__lt', models.F('pk_b'))), _connector='OR'), name='matching_feedback_in_order'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'related', 'other'])), name='matching_feedback_said'),
        ),
        migrations.AddIndex(
            model_name='likeness',
            index=models.Index(fields=['state', '-score', 'id'], name='likeness_waiting'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='likeness_once'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='likeness_in_order'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='likeness_score'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('verdict__isnull', True)), models.Q(models.Q(('state', 'open'), _negated=True), ('verdict__isnull', False)), _connector='OR'), name='likeness_judged'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.UniqueConstraint(models.F('state'), condition=models.Q(('state', 'working')), name='sweep_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='sweep',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='sweep_done'),
        ),
    ])
