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
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('title', models.CharField(max_length=200)),
                ('problem', models.TextField(blank=True)),
                ('affected', models.CharField(blank=True, max_length=300)),
                ('urgency', models.CharField(choices=[('normal', 'Can wait a year'), ('soon', 'This year'), ('urgent', 'Now: it does harm every day')], default='normal', max_length=8)),
                ('livelihood', models.BooleanField(default=False)),
                ('tried', models.TextField(blank=True)),
                ('hoped', models.TextField(blank=True)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('folded', models.TextField(editable=False)),
                ('author_name', models.CharField(blank=True, max_length=120)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('asked-back', 'Asked back'), ('in-review', 'Being looked at'), ('proposed', 'Being made a proposal'), ('answered', 'Answered'), ('merged', 'Merged with another'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('changed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='need', to='flow.case')),
                ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='documents.directive')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='needs.need')),
                ('places', models.ManyToManyField(blank=True, related_name='needs', to='directory.place')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='directory.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('form', models.SlugField(default='b1', max_length=4)),
                ('answers', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('process_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='flow.processversion')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_proposals', to='directory.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('asked_at', models.DateTimeField(default=khue.core.clock.now)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='needs.need')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('year', models.PositiveSmallIntegerField()),
                ('guidance', models.TextField(blank=True)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='documents.document')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='directory.unit')),
            ],
            options={
                'ordering': ['-year', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('type', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=500)),
                ('folded', models.CharField(editable=False, max_length=500)),
                ('answers', models.JSONField(default=dict)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('searching', 'Duplicates being looked up'), ('in-council', 'Before the council'), ('completing', 'Recommendation being completed'), ('reviewing', 'Procedure being reviewed'), ('recommended', 'Recommended'), ('ordered', 'On an approved order list'), ('refused', 'Not taken up'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('changed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('recommendation', models.JSONField(blank=True, default=dict)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mission_proposals', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mission_proposal', to='flow.case')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mission_proposals', to='documents.directive')),
                ('needs', models.ManyToManyField(blank=True, related_name='proposals', to='needs.need')),
                ('order_proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='needs.orderproposal')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.place')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mission_proposals', to='directory.unit')),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='needs.round')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='orderproposal',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_proposals', to='needs.round'),
        ),
        migrations.AddField(
            model_name='need',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='needs.round'),
        ),
        migrations.CreateModel(
            name='RoundAddressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('nothing_because', models.CharField(blank=True, max_length=300)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='round_addressee', to='flow.case')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='needs.round')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='SecondOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(blank=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(default=khue.core.clock.now)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='needs.proposal')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('solved', 'There is a solution already'), ('ordered', 'It becomes a proposal for an order'), ('passed', 'Another authority is responsible'), ('merged', 'Handled together with another need'), ('declined', 'Not taken up')], max_length=10)),
                ('reasons', models.TextField()),
                ('solved_by', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='needs.need')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='need_answer_has_reasons')],
            },
        ),
        migrations.CreateModel(
            name='DuplicateSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=khue.core.clock.now)),
                ('hits', models.JSONField(default=list)),
                ('searched', models.JSONField(default=dict)),
                ('conclusion', models.CharField(blank=True, choices=[('none', 'Nothing like it'), ('related', 'Related, not the same'), ('same', 'The same exists')], max_length=8)),
                ('remark', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='searches', to='needs.proposal')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('signed_at', None), models.Q(('signed_by__isnull', False), models.Q(('conclusion', ''), _negated=True)), _connector='OR'), name='duplicate_search_signed_with_conclusion')],
            },
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='round_closes_later'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['state', 'year'], name='proposal_state_year'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['unit', 'state'], name='proposal_of_unit'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='proposal_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='proposal_number_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('number__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='proposal_sent_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='proposal_has_title'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('case__isnull', False), _connector='OR'), name='proposal_sent_has_case'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('rank__isnull', False)), fields=('order_proposal', 'rank'), name='proposal_rank_once'),
        ),
        migrations.AddIndex(
            model_name='orderproposal',
            index=models.Index(fields=['unit', 'state'], name='order_proposal_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='orderproposal',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='order_proposal_number_once'),
        ),
        migrations.AddConstraint(
            model_name='orderproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('number__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='order_proposal_sent_is_dated'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['state', 'urgency', 'submitted_at'], name='need_triage'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(models.Case(models.When(then=0, urgency='urgent'), models.When(then=1, urgency='soon'), default=2, output_field=models.SmallIntegerField()), models.OrderBy(models.F('livelihood'), descending=True), models.F('submitted_at'), models.F('id'), condition=models.Q(('state__in', ('submitted', 'asked-back', 'in-review', 'proposed'))), name='need_in_order'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(models.F('state'), models.Case(models.When(then=0, urgency='urgent'), models.When(then=1, urgency='soon'), default=2, output_field=models.SmallIntegerField()), models.OrderBy(models.F('livelihood'), descending=True), models.F('submitted_at'), models.F('id'), condition=models.Q(('state__in', ('submitted', 'asked-back', 'in-review', 'proposed'))), name='need_column'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('state__in', ('submitted', 'asked-back', 'in-review', 'proposed'))), fields=['case'], include=('id', 'state', 'urgency', 'livelihood', 'submitted_at', 'author', 'unit'), name='need_open'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['unit', 'state'], name='need_of_unit'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['author', 'state'], name='need_of_author'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='need_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='need',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state__in', ('draft', 'withdrawn'))), fields=['folded'], name='need_aside_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state__in', ('draft', 'withdrawn'))), name='need_aside_newest'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='need_number_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('number__isnull', False), ('submitted_at__isnull', False), ('year__isnull', False)), _connector='OR'), name='need_sent_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='need_merged_into_one'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='need_not_its_own_original'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('answered', 'merged', 'withdrawn'))), models.Q(models.Q(('state__in', ('answered', 'merged', 'withdrawn')), _negated=True), ('closed_on', None)), _connector='OR'), name='need_closed_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='roundaddressee',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='round_addressee_once'),
        ),
        migrations.AddConstraint(
            model_name='roundaddressee',
            constraint=models.CheckConstraint(condition=models.Q(('nothing_because', ''), ('answered_at__isnull', False), _connector='OR'), name='round_nothing_is_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='secondopinion',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('unit__isnull', False), _connector='OR'), name='second_opinion_of_somebody'),
        ),
        # The newest needs of a commune are found along an index, however many it ever had.
        migrations.RunSQL(
            "CREATE INDEX need_newest_of_place ON needs_need_places (place_id, need_id)",
            "DROP INDEX need_newest_of_place",
        ),
    ])
