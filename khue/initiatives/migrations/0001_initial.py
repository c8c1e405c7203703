import django.contrib.postgres.indexes
import django.db.models.deletion
import khue.core.clock
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
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
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('field', models.SlugField(blank=True, max_length=40)),
                ('answers', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('folded', models.TextField(editable=False)),
                ('ground', models.CharField(blank=True, choices=[('invested', 'The unit invested in it'), ('transferred', 'Transferred by an investor who refused it'), ('author', 'The author invested in it')], max_length=12)),
                ('investor', models.CharField(blank=True, max_length=200)),
                ('state_money', models.BooleanField(default=False)),
                ('first_applied_on', models.DateField(blank=True, null=True)),
                ('trial_ends_on', models.DateField(blank=True, null=True)),
                ('money', models.BigIntegerField(blank=True, null=True)),
                ('content_secret', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting to be received'), ('checking', 'Being checked'), ('correcting', 'Waiting for corrections'), ('deciding', 'Being judged'), ('recognised', 'Recognised'), ('refused', 'Recognition refused'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('consent_body', models.CharField(blank=True, max_length=200)),
                ('consent_sign', models.CharField(blank=True, max_length=60)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('council_sign', models.CharField(blank=True, max_length=60)),
                ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('reasons', models.TextField(blank=True)),
                ('decision_sign', models.CharField(blank=True, max_length=60)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('certificate', models.PositiveIntegerField(blank=True, null=True)),
                ('certificate_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('changed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiative', to='flow.case')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='directory.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('unit', 'Unit'), ('city', 'City'), ('national', 'Whole country')], max_length=8)),
                ('decision_sign', models.CharField(max_length=60)),
                ('decided_on', models.DateField()),
                ('decided_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(default=khue.core.clock.now)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reaches', to='initiatives.initiative')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['decided_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('opens_on', models.DateField(verbose_name='Opens on')),
                ('closes_on', models.DateField(verbose_name='Closes on')),
                ('guidance', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_rounds', to='directory.unit')),
            ],
            options={
                'ordering': ['-closes_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='initiatives.round'),
        ),
        migrations.CreateModel(
            name='RoundUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nothing_because', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='initiatives.round')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criteria', models.JSONField(default=list)),
                ('points_pass', models.DecimalField(decimal_places=2, max_digits=5)),
                ('decision_sign', models.CharField(max_length=60)),
                ('decided_on', models.DateField()),
                ('set_at', models.DateTimeField(default=khue.core.clock.now)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiative_sheets', to='directory.unit')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('share', models.DecimalField(decimal_places=2, max_digits=5)),
                ('workplace', models.CharField(blank=True, max_length=200)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiative_authors', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'number'), name='initiative_author_once'), models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', Decimal('100'))), name='initiative_share_is_a_part')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='author',
            trigger=pgtrigger.compiler.Trigger(name='shares_given', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = NEW.initiative_id AND i.state <> 'draft' AND\n               (SELECT COALESCE(SUM(share), 0) FROM initiatives_author WHERE initiative_id = i.id) <> 100) THEN\n        RAISE EXCEPTION 'the shares of the authors of initiative % are not 100 per cent', NEW.initiative_id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='ad234bfe0af4630386d516ea93e694f5ebca7276', operation='INSERT OR UPDATE', pgid='pgtrigger_shares_given_979be', table='initiatives_author', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='author',
            trigger=pgtrigger.compiler.Trigger(name='shares_taken', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = OLD.initiative_id AND i.state <> 'draft' AND\n               (SELECT COALESCE(SUM(share), 0) FROM initiatives_author WHERE initiative_id = i.id) <> 100) THEN\n        RAISE EXCEPTION 'the shares of the authors of initiative % are not 100 per cent', OLD.initiative_id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='4d01376b1ed9c118f3a676ce8c414b490356f6aa', operation='DELETE OR UPDATE', pgid='pgtrigger_shares_taken_f6ff7', table='initiatives_author', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.UniqueConstraint(fields=('initiative', 'level'), name='initiative_reach_once'),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision_sign', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), name='initiative_reach_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='initiative_round_closes_later'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['unit', 'state'], name='initiative_of_unit'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['applicant', 'state'], name='initiative_of_applicant'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['state', 'decided_on'], name='initiative_decided'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='initiative_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'number'), name='initiative_number_once'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.UniqueConstraint(fields=('unit', 'certificate_year', 'certificate'), name='initiative_certificate_once'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('first_applied_on__isnull', False), ('submitted_at__isnull', False), models.Q(('ground', ''), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='initiative_filed_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('ground', 'transferred'), _negated=True), models.Q(('investor', ''), _negated=True), _connector='OR'), name='initiative_investor_is_named'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'withdrawn')), models.Q(('number__isnull', False), ('received_on__isnull', False), ('year__isnull', False)), _connector='OR'), name='initiative_handled_is_registered'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('recognised', 'refused')), _negated=True), models.Q(('decided_on__gte', models.F('received_on')), ('decided_on__isnull', False), models.Q(('decision_sign', ''), _negated=True)), _connector='OR'), name='initiative_decision_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'recognised'), _negated=True), ('certificate', None), ('certificate_year', None)), models.Q(('certificate__isnull', False), ('certificate_year__isnull', False), ('state', 'recognised')), _connector='OR'), name='initiative_recognised_has_certificate'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'recognised'), _negated=True), ('state_money', False), models.Q(('consent_on__isnull', False), ('consent_on__lte', models.F('decided_on')), models.Q(('consent_sign', ''), _negated=True)), _connector='OR'), name='initiative_state_money_has_consent'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='initiative_refusal_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), ('score__gte', 0), _connector='OR'), name='initiative_score_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='shares_of_filed', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = NEW.id AND i.state <> 'draft' AND\n               (SELECT COALESCE(SUM(share), 0) FROM initiatives_author WHERE initiative_id = i.id) <> 100) THEN\n        RAISE EXCEPTION 'the shares of the authors of initiative % are not 100 per cent', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='7f04635063bd4b0a71fb90d8f157d3af90057da9', operation='INSERT OR UPDATE', pgid='pgtrigger_shares_of_filed_83335', table='initiatives_initiative', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='roundunit',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='initiative_round_asks_once'),
        ),
        migrations.AddConstraint(
            model_name='roundunit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('nothing_because', '')), models.Q(models.Q(('nothing_because', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='initiative_round_nothing_is_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('points_pass__gte', 0)), name='initiative_sheet_pass_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('decision_sign', ''), _negated=True), name='initiative_sheet_is_decided'),
        ),
    ])
