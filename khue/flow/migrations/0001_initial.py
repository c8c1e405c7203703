import django.contrib.postgres.fields
import django.db.models.deletion
import khue.core.clock
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='ProcessVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process', models.SlugField(max_length=60)),
                ('version', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(default=khue.core.clock.now)),
            ],
            options={
                'ordering': ['process', 'version'],
            },
        ),
        migrations.CreateModel(
            name='ReminderSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.SlugField(max_length=60)),
                ('falls_on', models.DateField()),
                ('sent_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='StepRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_step', models.SlugField(blank=True, max_length=60)),
                ('to_step', models.SlugField(max_length=60)),
                ('move', models.SlugField(blank=True, max_length=60)),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('comment', models.TextField(blank=True)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.SlugField(max_length=60)),
                ('dossier', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=500)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'done'), ('cancelled', 'cancelled')], max_length=10)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='flow.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.SlugField(max_length=40)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='flow.case')),
                ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.SlugField(max_length=60)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, size=None)),
                ('divisions', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='flow.case')),
                ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ProcessText',
            fields=[
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='flow.processversion')),
                ('files', models.JSONField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='processversion',
            constraint=models.UniqueConstraint(fields=('process', 'version'), name='process_version_once'),
        ),
        migrations.AddField(
            model_name='case',
            name='process_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='flow.processversion'),
        ),
        migrations.AddField(
            model_name='remindersent',
            name='holding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='flow.holding'),
        ),
        migrations.AddField(
            model_name='steprecord',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='steprecord',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='flow.case'),
        ),
        migrations.AddIndex(
            model_name='caseparty',
            index=models.Index(fields=['unit', 'case'], name='case_party_unit'),
        ),
        migrations.AddConstraint(
            model_name='caseparty',
            constraint=models.UniqueConstraint(fields=('case', 'party'), name='case_party_once'),
        ),
        migrations.AddConstraint(
            model_name='caseparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', False), ('user', None)), models.Q(('unit', None), ('user__isnull', False)), _connector='OR'), name='case_party_unit_or_user'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(condition=models.Q(('until', None)), fields=['unit', 'due_on'], name='holding_unit_desk'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(condition=models.Q(('until', None)), fields=['user', 'due_on'], name='holding_user_desk'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(condition=models.Q(('until', None)), fields=['due_on'], include=('case', 'unit', 'user', 'roles', 'divisions'), name='holding_due'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(fields=['unit'], name='holding_unit'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(fields=['user'], name='holding_user'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('case',), name='holding_one_open_a_case'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', False), ('user', None)), models.Q(('unit', None), ('user__isnull', False)), _connector='OR'), name='holding_unit_or_user'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='holding_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['dossier'], name='case_dossier'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['due_on'], name='case_open_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['id'], include=('process_version', 'dossier'), name='case_open_process'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('dossier',), name='case_one_open_a_dossier'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='case_closed_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='case_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='remindersent',
            constraint=models.UniqueConstraint(fields=('holding', 'rule', 'falls_on'), name='reminder_once'),
        ),
    ])
