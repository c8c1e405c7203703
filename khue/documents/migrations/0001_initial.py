import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import khue.core.clock
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('files', '0001_initial'),
        ('flow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('basis', 'is based on'), ('mention', 'mentions'), ('reply', 'replies to'), ('correction', 'corrects'), ('replacement', 'replaces'), ('recall', 'recalls')], default='mention', max_length=12)),
                ('text', models.CharField(max_length=200)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('sign', models.CharField(max_length=80)),
                ('sign_key', models.CharField(max_length=80)),
                ('family', models.CharField(blank=True, max_length=10)),
                ('type', models.CharField(blank=True, max_length=10)),
                ('issuer_name', models.CharField(blank=True, max_length=200)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('linked_by', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'ordering': ['document', 'start', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year of the list of files')),
                ('notation', models.CharField(max_length=20, verbose_name='Number and sign of the file')),
                ('title', models.CharField(max_length=500, verbose_name='Title')),
                ('retention', models.CharField(max_length=30, verbose_name='Retention')),
                ('rights', models.CharField(blank=True, max_length=30, verbose_name='Rights of use')),
                ('language', models.CharField(default='Tiếng Việt', max_length=50, verbose_name='Language')),
                ('started_on', models.DateField(verbose_name='Begun')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='Ended')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='Note')),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('frozen_reason', models.CharField(blank=True, max_length=300)),
                ('folded', models.CharField(editable=False, max_length=700)),
                ('sort_title', models.CharField(db_collation='C', editable=False, max_length=1000)),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_files', to=settings.AUTH_USER_MODEL, verbose_name='Kept by')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_files', to='directory.unit')),
            ],
            options={
                'ordering': ['-year', 'notation'],
            },
        ),
        migrations.CreateModel(
            name='Directive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('every', models.CharField(blank=True, choices=[('month', 'Every month'), ('quarter', 'Every quarter'), ('half', 'Every six months'), ('year', 'Every year')], max_length=10)),
                ('due_before_end', models.PositiveSmallIntegerField(default=0)),
                ('period_from', models.DateField(blank=True, null=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('passage', models.TextField(blank=True)),
                ('content', models.TextField()),
                ('folded', models.TextField(editable=False)),
                ('product', models.CharField(blank=True, max_length=300)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('priority', models.CharField(choices=[('normal', 'Normal'), ('urgent', 'Urgent'), ('very-urgent', 'Very urgent')], default='normal', max_length=12)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('due_text', models.CharField(blank=True, max_length=200)),
                ('first_due_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('assigned', 'Assigned'), ('acknowledged', 'Acknowledged'), ('in-progress', 'In progress'), ('reported', 'Reported done'), ('accepted', 'Accepted as done'), ('cancelled', 'Withdrawn'), ('recurring', 'Recurring')], default='assigned', max_length=12)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('assigned_on', models.DateField()),
                ('acknowledged_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('returned', models.PositiveSmallIntegerField(default=0)),
                ('touched_at', models.DateTimeField(db_index=True, default=khue.core.clock.now, editable=False)),
                ('late', models.GeneratedField(db_persist=True, expression=models.Case(models.When(done_on__gt=models.F('due_on'), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField())),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='directive', to='flow.case')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives_issued', to='directory.unit')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives_led', to='directory.unit')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='documents.directive')),
            ],
        ),
        migrations.CreateModel(
            name='DirectiveUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('acknowledged_on', models.DateField(blank=True, null=True)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('directive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_rows', to='documents.directive')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_rows', to='directory.unit')),
            ],
        ),
        migrations.AddField(
            model_name='directive',
            name='supports',
            field=models.ManyToManyField(related_name='directives_supported', through='documents.DirectiveUnit', to='directory.unit'),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'Incoming'), ('out', 'Outgoing'), ('internal', 'Internal')], max_length=10)),
                ('family', models.CharField(choices=[('state', 'State administrative document'), ('party', 'Party document'), ('normative', 'Legal normative document'), ('press', 'Press report')], default='state', max_length=10)),
                ('type', models.CharField(blank=True, max_length=10)),
                ('number', models.CharField(blank=True, max_length=11)),
                ('sign', models.CharField(blank=True, max_length=80, verbose_name='Number and sign')),
                ('sign_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='Date of the document')),
                ('issuer_name', models.CharField(blank=True, max_length=200, verbose_name='Issuing body')),
                ('signer', models.CharField(blank=True, max_length=120, verbose_name='Signer')),
                ('signer_post', models.CharField(blank=True, max_length=150, verbose_name='Post of the signer')),
                ('subject', models.CharField(blank=True, max_length=500, verbose_name='Abstract')),
                ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'Normal'), (1, 'Urgent'), (2, 'Extremely urgent'), (3, 'Flash')], default=0, verbose_name='Urgency')),
                ('secrecy', models.PositiveSmallIntegerField(choices=[(0, 'Not secret'), (1, 'Secret'), (2, 'Highly secret'), (3, 'Top secret')], default=0, verbose_name='Secrecy')),
                ('restricted', models.BooleanField(default=False, verbose_name='Seen by few')),
                ('language', models.CharField(default='Tiếng Việt', max_length=30, verbose_name='Language')),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Pages')),
                ('copies', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Copies issued')),
                ('addressees', models.CharField(blank=True, max_length=1000, verbose_name='Addressed to')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Reply or resolution due')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='Note')),
                ('arrived_on', models.DateField(blank=True, null=True, verbose_name='Date of arrival')),
                ('arrival_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='Arrival number')),
                ('register_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('serial', models.PositiveIntegerField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField(blank=True)),
                ('reading', models.CharField(choices=[('none', 'Nothing to read'), ('waiting', 'Being read'), ('done', 'Read'), ('failed', 'Could not be read')], default='none', max_length=10)),
                ('reading_problem', models.CharField(blank=True, max_length=500)),
                ('typed_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('read_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('duplicate_reason', models.CharField(blank=True, max_length=500)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('recalled_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('folded', models.TextField(blank=True, editable=False)),
                ('sort_issuer', models.CharField(blank=True, db_collation='C', editable=False, max_length=1000)),
                ('sort_subject', models.CharField(blank=True, db_collation='C', editable=False, max_length=1000)),
                ('case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='flow.case')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registered_documents', to=settings.AUTH_USER_MODEL)),
                ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued_documents', to='directory.unit')),
                ('main_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='directory.unit')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Disposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('body', 'Head of the body'), ('unit', 'Head of the unit'), ('officer', 'Officer in charge')], max_length=10)),
                ('comment', models.TextField(verbose_name='Comment')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Due')),
                ('written_on', models.DateField(verbose_name='Date of the comment')),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Unit in charge')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person in charge')),
                ('supports', models.ManyToManyField(blank=True, related_name='+', to='directory.unit', verbose_name='Coordinating units')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='documents.document')),
            ],
            options={
                'ordering': ['document', 'id'],
            },
        ),
        migrations.AddField(
            model_name='directive',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives', to='documents.document'),
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.CharField(blank=True, max_length=500)),
                ('body', models.TextField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='documents.comment')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='documents.document')),
            ],
            options={
                'ordering': ['document', 'at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CitationProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a person'), ('accepted', 'Accepted'), ('rejected', 'Rejected')], default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='documents.citation')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.document')),
            ],
        ),
        migrations.AddField(
            model_name='citation',
            name='cited',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cited_by', to='documents.document'),
        ),
        migrations.AddField(
            model_name='citation',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='documents.document'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.SlugField(max_length=40)),
                ('place', models.CharField(blank=True, max_length=60)),
                ('addressees', models.TextField(blank=True)),
                ('basis', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('on_behalf', models.CharField(blank=True, choices=[('collective', 'On behalf of a collective'), ('deputy', 'Deputy, for the head'), ('order', 'By order of the head'), ('authorised', 'By authorisation of the head'), ('acting', 'Acting head')], max_length=12)),
                ('authority', models.CharField(blank=True, max_length=120)),
                ('post', models.CharField(blank=True, max_length=150)),
                ('signer', models.CharField(blank=True, max_length=120)),
                ('copies_to', models.TextField(blank=True)),
                ('council', models.CharField(blank=True, max_length=40)),
                ('council_name', models.CharField(blank=True, max_length=200)),
                ('drafting_code', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(default=khue.core.clock.now)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='documents.document')),
                ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, max_length=500)),
                ('content', models.JSONField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='documents.draft')),
            ],
            options={
                'ordering': ['draft', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Extraction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('read', 'Read'), ('failed', 'Could not be read')], default='waiting', max_length=10)),
                ('text', models.TextField(blank=True)),
                ('lines', models.JSONField(default=list)),
                ('warnings', models.JSONField(default=list)),
                ('problem', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='extraction', to='documents.document')),
            ],
        ),
        migrations.CreateModel(
            name='Assigning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('working', 'Being assigned'), ('done', 'Assigned'), ('refused', 'Refused'), ('broken', 'Broken off')], default='working', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('units', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('extraction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignings', to='documents.extraction')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExtractionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('verb', models.CharField(max_length=20)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('undone', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('extraction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='documents.extraction')),
            ],
            options={
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='filings', to='documents.casefile')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='documents.document')),
            ],
            options={
                'ordering': ['case_file', 'ordinal'],
            },
        ),
        migrations.AddField(
            model_name='casefile',
            name='documents',
            field=models.ManyToManyField(related_name='case_files', through='documents.Filing', to='documents.document'),
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'Incoming'), ('out', 'Outgoing'), ('internal', 'Internal')], max_length=10)),
                ('family', models.CharField(choices=[('state', 'State administrative document'), ('party', 'Party document'), ('normative', 'Legal normative document'), ('press', 'Press report')], default='state', max_length=10)),
                ('type', models.CharField(blank=True, max_length=10)),
                ('council', models.CharField(blank=True, max_length=40)),
                ('secret', models.BooleanField(default=False)),
                ('scope', models.CharField(choices=[('year', 'Calendar year'), ('term', 'Term of the committee')], default='year', max_length=10)),
                ('period_name', models.CharField(max_length=40)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('issuer_code', models.CharField(blank=True, max_length=30)),
                ('last', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='number_series', to='directory.unit')),
            ],
            options={
                'ordering': ['unit__sort_name', 'direction', 'family', 'council', 'type', '-period_name'],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.numberseries'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'To be looked at'), ('accepted', 'Accepted for assignment'), ('rejected', 'Left out'), ('merged', 'Merged into another'), ('assigned', 'Assigned')], default='proposed', max_length=10)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('content', models.TextField()),
                ('due_text', models.CharField(blank=True, max_length=200)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('recurs', models.CharField(blank=True, max_length=10)),
                ('priority', models.CharField(default='normal', max_length=12)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('product', models.CharField(blank=True, max_length=300)),
                ('spread', models.CharField(choices=[('together', 'One directive for all of them'), ('each', 'One directive for each unit')], default='each', max_length=10)),
                ('confidence', models.FloatField(default=1)),
                ('by_hand', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('extraction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='documents.extraction')),
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='directive',
            name='proposal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='directives', to='documents.proposal'),
        ),
        migrations.CreateModel(
            name='ProposalUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'Lead'), ('support', 'Support')], max_length=8)),
                ('name', models.CharField(max_length=300)),
                ('group', models.SlugField(blank=True, max_length=40)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='documents.proposal')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['part', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('action', 'To act'), ('copy', 'For information'), ('keep', 'To keep on file')], default='action', max_length=10)),
                ('name', models.CharField(max_length=250)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='documents.document')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_documents', to='directory.unit')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_documents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['document', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('receipt', 'Receipt'), ('recall', 'Destruction after recall')], default='receipt', max_length=10)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='documents.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='documents.directive')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', 'Progress'), ('done', 'Completion')], max_length=10)),
                ('text', models.TextField()),
                ('percent', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('answer', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='documents.directive')),
                ('reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies_to', to='documents.document')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReservedNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('reserved', 'Reserved'), ('released', 'Given back'), ('used', 'Used')], max_length=10)),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reserved_numbers', to='documents.numberseries')),
            ],
            options={
                'ordering': ['series', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SignedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('scan', 'Scan of the signed paper'), ('digital', 'Digitally signed PDF')], max_length=10)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='signed_copy', to='documents.document')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.version')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signer', models.CharField(max_length=250)),
                ('organisation', models.CharField(blank=True, max_length=250)),
                ('certificate_issuer', models.CharField(blank=True, max_length=250)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('timestamped', models.BooleanField(default=False)),
                ('intact', models.BooleanField()),
                ('covers_whole', models.BooleanField()),
                ('trust', models.CharField(choices=[('trusted', 'Certificate of a trusted issuer'), ('unknown', 'Issuer of the certificate unknown here'), ('expired', 'Certificate not valid on the day of signing')], max_length=10)),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='documents.signedcopy')),
            ],
            options={
                'ordering': ['copy', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TrustedCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=500)),
                ('issuer', models.CharField(max_length=500)),
                ('valid_from', models.DateTimeField()),
                ('valid_to', models.DateTimeField()),
                ('added_at', models.DateTimeField(default=khue.core.clock.now)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['subject', '-added_at'],
            },
        ),
        migrations.AddIndex(
            model_name='directiveunit',
            index=models.Index(fields=['unit', 'directive'], name='directive_of_support'),
        ),
        migrations.AddConstraint(
            model_name='directiveunit',
            constraint=models.UniqueConstraint(fields=('directive', 'unit'), name='directive_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='directiveunit',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='directive_unit_percent'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('resolved_by', None)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='comment_resolved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), ('resolved_at', None), _connector='OR'), name='only_threads_are_resolved'),
        ),
        migrations.AddConstraint(
            model_name='citationproposal',
            constraint=models.UniqueConstraint(fields=('citation', 'document'), name='citation_proposal_once'),
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(condition=models.Q(('cited', None)), fields=['sign_key'], name='citation_waiting', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('document', 'sign_key', 'kind'), name='citation_once'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('document', models.F('cited')), _negated=True), name='citation_not_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.UniqueConstraint(fields=('draft', 'number'), name='draft_version_once'),
        ),
        migrations.AddConstraint(
            model_name='extraction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='extraction_failure_says_why'),
        ),
        migrations.AddConstraint(
            model_name='assigning',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'working')), fields=('extraction',), name='assigning_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='extractionchange',
            constraint=models.UniqueConstraint(fields=('extraction', 'version'), name='extraction_change_once'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('case_file', 'document'), name='filed_once'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('case_file', 'ordinal'), name='filing_ordinal_once'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'notation'), name='case_file_code_once'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='case_file_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(('frozen_at', None), models.Q(('frozen_reason', ''), _negated=True), _connector='OR'), name='case_file_frozen_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('direction', '='), ('family', '='), ('type', '='), ('council', '='), ('secret', '='), ('period', '&&')], name='series_do_not_overlap'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'out'), _negated=True), models.Q(('issuer_code', ''), _negated=True), models.Q(('council', ''), _negated=True), _connector='OR'), name='outgoing_series_has_code'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False)), name='series_period_is_bounded_below'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', 'direction', '-register_year', '-arrival_number'], name='document_register'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', 'direction', '-issued_on', '-id'], name='document_by_date'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['direction', '-register_year', '-arrival_number', '-id'], name='document_arrivals'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['sign_key'], name='document_sign', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('restricted', False), ('secrecy', 0), _negated=True), fields=['id'], name='document_kept_back'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('digest', ''), _negated=True), fields=['digest'], name='document_digest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['sort_issuer'], name='document_sort_issuer'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['sort_subject'], name='document_sort_subject'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='document_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('direction', 'in')), fields=('series', 'arrival_number'), name='arrival_number_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('direction', 'out')), fields=('series', 'serial'), name='serial_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), _negated=True), models.Q(('arrival_number__isnull', False), ('arrived_on__isnull', False), ('register_year__isnull', False)), _connector='OR'), name='incoming_has_arrival'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('secrecy', 0), models.Q(('digest', ''), ('main_file', None), ('text', '')), _connector='OR'), name='secret_file_stays_out'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(models.Q(('sign', ''), _negated=True), ('issued_on__isnull', False)), _connector='OR'), name='issued_has_sign'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), ('recalled_at__gte', models.F('issued_at')), _connector='OR'), name='recalled_was_issued'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='proposal_span_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='proposal_confidence'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(condition=models.Q(('state__in', ('assigned', 'acknowledged', 'in-progress'))), fields=['due_on', 'lead', 'issuer', 'field', 'priority', 'document'], name='directive_open'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(condition=models.Q(('state', 'reported')), fields=['issuer', 'lead'], name='directive_reported'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(condition=models.Q(('state', 'recurring'), _negated=True), fields=['assigned_on'], include=('lead', 'issuer'), name='directive_assigned'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(condition=models.Q(('late', True)), fields=['done_on'], include=('lead', 'issuer', 'field', 'priority', 'document', 'due_on'), name='directive_done_late'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(fields=['done_on', 'late'], include=('lead', 'issuer'), name='directive_done'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(fields=['lead', 'state', 'due_on'], name='directive_of_lead'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(fields=['issuer', 'state', 'due_on'], name='directive_of_issuer'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='directive_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='directive_number_once'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.UniqueConstraint(fields=('parent', 'period_from'), name='directive_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'recurring'), models.Q(('every', ''), _negated=True)), models.Q(('state', 'recurring'), _negated=True), _connector='OR'), name='directive_recurs_somehow'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.UniqueConstraint(condition=models.Q(('proposal__isnull', False)), fields=('proposal', 'lead', 'period_from'), name='directive_once_a_proposal', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(('content', ''), _negated=True), name='directive_has_content'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='directive_percent'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state__in', ('reported', 'accepted'))), models.Q(('done_on', None), ('state__in', ('assigned', 'acknowledged', 'in-progress', 'cancelled', 'recurring'))), _connector='OR'), name='directive_done_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('accepted', 'cancelled'))), models.Q(models.Q(('state__in', ('accepted', 'cancelled')), _negated=True), ('closed_on', None)), _connector='OR'), name='directive_closed_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__gte', models.F('assigned_on')), _connector='OR'), name='directive_due_later'),
        ),
        migrations.AddConstraint(
            model_name='directive',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='directive_not_its_own_parent'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='directive',
            trigger=pgtrigger.compiler.Trigger(name='touch', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.touched_at := clock_timestamp(); RETURN NEW;', hash='e6d94536446803acb100f513f574d9d283004781', operation='INSERT OR UPDATE', pgid='pgtrigger_touch_3030d', table='documents_directive', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proposalunit',
            constraint=models.CheckConstraint(condition=models.Q(('unit', None), ('group', ''), _connector='OR'), name='proposal_unit_or_group'),
        ),
        migrations.AddIndex(
            model_name='recipient',
            index=models.Index(fields=['unit', '-sent_at'], name='recipient_post'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('document', 'unit'), name='recipient_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('document', 'user'), name='recipient_user_once'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('recipient', 'of'), name='acknowledged_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('directive', 'unit', 'on'), name='reminder_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='report_percent'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='report_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reservednumber',
            constraint=models.UniqueConstraint(fields=('series', 'number'), name='reserved_number_once'),
        ),
        migrations.AddConstraint(
            model_name='trustedcertificate',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('fingerprint',), name='certificate_trusted_once'),
        ),
        migrations.AddConstraint(
            model_name='trustedcertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('removed_at', None)), models.Q(('removed_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='certificate_removed_for_a_reason'),
        ),
    ])
