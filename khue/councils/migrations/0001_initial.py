import django.db.models.deletion
import khue.core.clock
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('flow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=30)),
                ('title', models.CharField(max_length=300)),
                ('folded', models.CharField(default='', editable=False, max_length=300)),
                ('competing', models.BooleanField(default=False)),
                ('decision_sign', models.CharField(blank=True, max_length=60)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('term_to', models.DateField(blank=True, null=True)),
                ('meets_at', models.DateTimeField(blank=True, null=True)),
                ('mode', models.CharField(choices=[('in-person', 'In person'), ('online', 'Online'), ('mixed', 'In person and online')], default='in-person', max_length=10)),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True)),
                ('documents_sent_on', models.DateField(blank=True, null=True)),
                ('comments_due_on', models.DateField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('forming', 'Being formed'), ('appointed', 'Appointed'), ('preparing', 'Reading the documents'), ('meeting', 'In session'), ('counted', 'Votes counted'), ('concluded', 'Concluded'), ('dissolved', 'Dissolved')], default='forming', max_length=10)),
                ('guests', models.CharField(blank=True, max_length=500)),
                ('discussion', models.TextField(blank=True)),
                ('conclusion', models.TextField(blank=True)),
                ('agreed', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='council', to='flow.case')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='directory.unit')),
                ('process_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='flow.processversion')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice-chair', 'Vice-chair'), ('secretary', 'Scientific secretary'), ('reviewer', 'Reviewer'), ('member', 'Member')], default='member', max_length=10)),
                ('outside', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('invited', 'Invited'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('removed', 'Removed')], default='proposed', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('interest_declared_at', models.DateTimeField(blank=True, null=True)),
                ('attendance', models.CharField(blank=True, choices=[('present', 'In the room'), ('online', 'Online'), ('absent', 'Absent')], max_length=8)),
                ('counts_votes', models.BooleanField(default=False)),
                ('authorised', models.BooleanField(default=False)),
                ('case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seat', to='flow.case')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='councils.council')),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='councils.seat')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.person')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['council', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_sha256', models.CharField(max_length=64, unique=True)),
                ('sent_at', models.DateTimeField(default=khue.core.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='councils.seat')),
            ],
            options={
                'ordering': ['-sent_at'],
            },
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.SlugField(choices=[('meeting', 'the meeting'), ('review', 'the review'), ('opinion', 'the written opinion')], max_length=40)),
                ('amount', models.BigIntegerField()),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fees', to='councils.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=30)),
                ('title', models.CharField(max_length=300)),
                ('folded', models.CharField(default='', editable=False, max_length=300)),
                ('decision_sign', models.CharField(max_length=60)),
                ('decided_on', models.DateField()),
                ('term_from', models.DateField()),
                ('term_to', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_councils', to='directory.unit')),
            ],
            options={
                'ordering': ['-term_to', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='council',
            name='standing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='councils.standing'),
        ),
        migrations.CreateModel(
            name='StandingMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice-chair', 'Vice-chair'), ('secretary', 'Scientific secretary'), ('member', 'Member')], default='member', max_length=10)),
                ('since', models.DateField()),
                ('left_on', models.DateField(blank=True, null=True)),
                ('left_because', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_seats', to='directory.person')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='councils.standing')),
            ],
            options={
                'ordering': ['standing', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('dossier', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=500)),
                ('folded', models.CharField(default='', editable=False, max_length=500)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('type', models.SlugField(blank=True, max_length=40)),
                ('outcome', models.CharField(blank=True, choices=[('passed', 'Passed'), ('failed', 'Not passed'), ('undecided', 'No valid result')], max_length=10)),
                ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('rating', models.CharField(blank=True, max_length=10)),
                ('place', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('counted', models.JSONField(blank=True, default=dict)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('recommendation', models.JSONField(blank=True, default=dict)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='councils.council')),
            ],
            options={
                'ordering': ['council', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Reviewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='councils.seat')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviewers', to='councils.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('asked_at', models.DateTimeField(default=khue.core.clock.now)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='councils.seat')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='councils.subject')),
            ],
            options={
                'ordering': ['subject', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('proposal', models.CharField(blank=True, max_length=20)),
                ('written_at', models.DateTimeField(default=khue.core.clock.now)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='councils.seat')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='councils.subject')),
            ],
            options={
                'ordering': ['subject', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='councils.council')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='councils.seat')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='councils.subject')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.SlugField(max_length=40)),
                ('answers', models.JSONField(default=dict)),
                ('opinion', models.TextField(blank=True)),
                ('cast_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('changes', models.PositiveSmallIntegerField(default=0)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='councils.seat')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='councils.subject')),
            ],
            options={
                'ordering': ['subject', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier', models.CharField(max_length=80)),
                ('ground', models.SlugField(max_length=40)),
                ('source', models.CharField(choices=[('computed', 'Found in the records'), ('declared', 'Declared by the member'), ('reported', 'Reported by somebody else')], max_length=10)),
                ('state', models.CharField(choices=[('suspected', 'To be judged'), ('confirmed', 'Confirmed'), ('dismissed', 'Dismissed')], default='suspected', max_length=10)),
                ('evidence', models.JSONField(default=list)),
                ('found_at', models.DateTimeField(default=khue.core.clock.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='directory.person')),
            ],
            options={
                'ordering': ['dossier', 'person'],
                'indexes': [models.Index(condition=models.Q(('state', 'dismissed'), _negated=True), fields=['dossier'], name='conflict_standing')],
                'constraints': [models.UniqueConstraint(fields=('person', 'dossier', 'ground'), name='conflict_once_a_ground'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='conflict_dismissed_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Kinship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('spouse', 'Husband or wife'), ('parent', 'Parent'), ('child', 'Child'), ('sibling', 'Brother or sister')], max_length=8)),
                ('declared_on', models.DateField()),
                ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kin', to='directory.person')),
                ('relative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kin_of', to='directory.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'relative'), name='kinship_once'), models.CheckConstraint(condition=models.Q(('person', models.F('relative')), _negated=True), name='kinship_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to='directory.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='sanction_ends_after_it_begins')],
            },
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['person', 'state'], name='seat_of_person'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('declined', 'removed')), _negated=True), fields=('council', 'person'), name='seat_person_once_a_council'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'chair'), models.Q(('state__in', ('declined', 'removed')), _negated=True)), fields=('council',), name='seat_one_chair'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('declined', 'removed')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='seat_left_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('authorised', False), ('role', 'vice-chair'), _connector='OR'), name='seat_only_vice_authorised'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='invitation_expires_later'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(fields=('seat', 'reason'), name='fee_once_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='fee_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(('term_to__gt', models.F('term_from'))), name='standing_term_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='standing_ended_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('decision_sign', ''), _negated=True)), name='standing_by_decision'),
        ),
        migrations.AddIndex(
            model_name='council',
            index=models.Index(fields=['host', 'state'], name='council_of_host'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('forming', 'dissolved')), models.Q(('decided_on__isnull', False), models.Q(('decision_sign', ''), _negated=True)), _connector='OR'), name='council_appointed_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='council_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='standingmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('standing', 'person'), name='standing_member_once'),
        ),
        migrations.AddConstraint(
            model_name='standingmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None), ('role', 'chair')), fields=('standing',), name='standing_one_chair'),
        ),
        migrations.AddConstraint(
            model_name='standingmember',
            constraint=models.CheckConstraint(condition=models.Q(('role', 'reviewer'), _negated=True), name='standing_names_reviewers_later'),
        ),
        migrations.AddConstraint(
            model_name='standingmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_because', ''), ('left_on', None)), models.Q(('left_on__gte', models.F('since')), models.Q(('left_because', ''), _negated=True)), _connector='OR'), name='standing_member_left_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='subject',
            index=models.Index(fields=['dossier'], name='subject_dossier'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.UniqueConstraint(fields=('council', 'number'), name='subject_number_once'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.UniqueConstraint(fields=('council', 'dossier'), name='subject_once_a_council'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('counted_at__isnull', False)), _connector='OR'), name='subject_outcome_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='reviewing',
            constraint=models.UniqueConstraint(fields=('seat', 'subject'), name='reviewing_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('subject', 'seat'), name='question_once_a_member'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='question_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('subject', 'seat'), name='opinion_once_a_member'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='opinion_says_something'),
        ),
        migrations.AddConstraint(
            model_name='dissent',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='dissent_says_something'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('subject', 'seat'), name='ballot_once_a_member'),
        ),
    ])
