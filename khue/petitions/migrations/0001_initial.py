import django.contrib.postgres.indexes
import django.db.models.deletion
import khue.core.clock
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('documents', '0001_initial'),
        ('flow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=khue.core.clock.now)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='petition_reading', to='documents.document')),
            ],
        ),
        migrations.CreateModel(
            name='Voiced',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('kind', models.CharField(choices=[('difficulty', 'Difficulty'), ('request', 'Something asked for')], max_length=10)),
                ('voices', models.JSONField(default=list)),
                ('confidence', models.FloatField(default=1)),
                ('left_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='petitions.reading')),
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('difficulty', 'Difficulty'), ('request', 'Something asked for')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('folded', models.TextField(editable=False)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('voice', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('sent', 'Waiting to be taken up'), ('asked-back', 'Asked back'), ('in-review', 'Being worked on'), ('answered', 'Answered'), ('declined', 'Declined with reasons'), ('withdrawn', 'Taken back by who voiced it')], default='sent', max_length=10)),
                ('raised_on', models.DateField()),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('due_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('late', models.GeneratedField(db_persist=True, expression=models.Case(models.When(closed_on__gt=models.F('due_on'), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField())),
                ('answer', models.TextField(blank=True)),
                ('answer_directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions_answered', to='documents.directive')),
                ('answer_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petition', to='flow.case')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='documents.document')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='petitions_received', to='directory.unit')),
                ('through', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='petitions_through', to='directory.unit')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='directory.unit')),
                ('found', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='petitions.voiced')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='voiced',
            constraint=models.UniqueConstraint(fields=('reading', 'start', 'end'), name='voiced_passage_once'),
        ),
        migrations.AddConstraint(
            model_name='voiced',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), models.Q(('text', ''), _negated=True)), name='voiced_passage_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='voiced',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='voiced_confidence'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['recipient', 'state', 'due_on'], name='petition_of_recipient'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['unit', 'raised_on'], name='petition_of_unit'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['through', 'raised_on'], name='petition_counted_under'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('state__in', ('sent', 'asked-back', 'in-review'))), fields=['due_on'], name='petition_open'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['raised_on'], name='petition_raised'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['closed_on'], name='petition_closed'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='petition_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='petition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(('found__isnull', False)), fields=('found', 'voice'), name='petition_voice_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('voice', ''), _negated=True)), name='petition_says_who_and_what'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('unit', None), ('unit', models.F('through')), _connector='OR'), name='petition_of_a_unit_counts_there'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('answered', 'declined')), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('state__in', ('answered', 'declined')), _negated=True), ('answer', '')), _connector='OR'), name='petition_settled_by_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('answered', 'declined', 'withdrawn')), ('closed_on__isnull', False)), models.Q(models.Q(('state__in', ('answered', 'declined', 'withdrawn')), _negated=True), ('closed_on', None)), _connector='OR'), name='petition_closed_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('raised_on')), _connector='OR'), name='petition_closed_after_raised'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('raised_on'))), name='petition_due_after_raised'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'answered'), models.Q(('answer_directive', None), ('answer_document', None)), _connector='OR'), name='petition_proof_of_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('found', None), ('document__isnull', False), _connector='OR'), name='petition_found_in_a_document'),
        ),
    ])
