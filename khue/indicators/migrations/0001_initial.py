import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import khue.core.clock
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once
from khue.indicators.models.rolling import UNIT_MOVED

WHOLE = """
    INSERT INTO indicators_category (id, dimension_id, code, label, number) VALUES (1, NULL, 'total', 'Tổng số', 0);
    SELECT setval(pg_get_serial_sequence('indicators_category', 'id'), 1);
"""
NO_TRIGGER = """
    DROP TRIGGER IF EXISTS indicators_unit_moved ON directory_unit;
    DROP FUNCTION IF EXISTS indicators_unit_moved();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('flow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Dimension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('label', models.CharField(max_length=120)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$')])),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('name', models.CharField(max_length=300)),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['programme', 'number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=400)),
            ],
            options={
                'ordering': ['programme', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40)),
                ('label', models.CharField(max_length=120)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('dimension', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='indicators.dimension')),
            ],
            options={
                'ordering': ['dimension', 'number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('unit_of_measure', models.CharField(max_length=60)),
                ('direction', models.CharField(choices=[('up', 'The more the better'), ('down', 'The less the better'), ('none', 'Neither')], default='up', max_length=5)),
                ('kind', models.CharField(choices=[('entered', 'Asked from units'), ('measured', 'Counted by the system'), ('formula', 'Calculated')], default='entered', max_length=8)),
                ('measure', models.CharField(blank=True, max_length=60)),
                ('formula', models.CharField(blank=True, max_length=500)),
                ('across', models.CharField(choices=[('sum', 'Sum of the units'), ('mean', 'Mean of the units'), ('ratio', 'Calculated from the sums of its parts'), ('count', 'Number of units that have any')], default='sum', max_length=5)),
                ('over_time', models.CharField(choices=[('sum', 'Sum of the periods'), ('last', 'Value of the last period'), ('mean', 'Mean of the periods')], default='sum', max_length=4)),
                ('decimals', models.PositiveSmallIntegerField(default=0)),
                ('least', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('most', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('jump', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('proof_needed', models.BooleanField(default=False)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('house', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('breakdowns', models.ManyToManyField(blank=True, related_name='+', to='indicators.dimension')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='indicators.indicator')),
            ],
            options={
                'ordering': ['indicator', '-valid_from'],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='objective',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='indicators', to='indicators.objective'),
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause', models.PositiveSmallIntegerField()),
                ('leaf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_of', to='indicators.indicator')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='indicators.indicatorversion')),
            ],
            options={
                'ordering': ['version', 'clause', 'leaf'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=60)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('verified', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['last', 'first', 'pk'],
                'indexes': [models.Index(fields=['kind', 'last'], name='period_of_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='period_ends_after_it_begins'), models.UniqueConstraint(fields=('kind', 'year', 'number'), name='period_once')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent'), ('returned', 'Returned'), ('approved', 'Approved by all')], default='draft', max_length=10)),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('override', models.CharField(blank=True, max_length=400)),
                ('mark', models.CharField(blank=True, max_length=400)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(db_index=False, default=1, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.category')),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='indicators.indicator')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('period', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.period')),
            ],
            options={
                'ordering': ['period', 'indicator', 'unit', 'category'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(choices=[('policy', 'Policy programme'), ('plan', 'Plan'), ('research', 'Research programme'), ('index', 'Index'), ('statistics', 'Statistics')], default='policy', max_length=12)),
                ('title', models.CharField(max_length=400)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issuer', models.CharField(blank=True, max_length=200)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('behind', models.CharField(blank=True, max_length=80)),
                ('first_year', models.PositiveSmallIntegerField()),
                ('last_year', models.PositiveSmallIntegerField()),
                ('summary', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('shelved', models.BooleanField(default=False)),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='directory.unit')),
            ],
            options={
                'ordering': ['-last_year', 'code'],
            },
        ),
        migrations.AddField(
            model_name='objective',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='indicators.programme'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='indicators.programme'),
        ),
        migrations.CreateModel(
            name='Composed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.SlugField(max_length=60)),
                ('template_version', models.DateField()),
                ('label', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=500, verbose_name='What it is about')),
                ('layout', models.CharField(max_length=10)),
                ('document', models.CharField(blank=True, max_length=80)),
                ('handed_over', models.PositiveIntegerField(default=0)),
                ('folded', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=khue.core.clock.now)),
                ('refreshed_at', models.DateTimeField(default=khue.core.clock.now)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='indicators.composed')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='directory.unit')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='indicators.period')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='composed_reports', to='indicators.programme')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.DateField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(default=khue.core.clock.now)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='indicators.programme')),
            ],
            options={
                'ordering': ['programme', 'version'],
            },
        ),
        migrations.CreateModel(
            name='ReportSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('label', models.CharField(max_length=250)),
                ('every', models.CharField(choices=[('month', 'Every month'), ('quarter', 'Every quarter'), ('half', 'Every six months'), ('nine-months', 'Nine months'), ('year', 'Every year'), ('statistical-year', 'Every calendar year (statistics)')], max_length=20)),
                ('levels', models.JSONField(default=list)),
                ('named', models.JSONField(default=list)),
                ('approvals', models.JSONField(default=list)),
                ('texts', models.JSONField(default=list)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sets', to='indicators.programme')),
                ('units', models.ManyToManyField(blank=True, related_name='report_sets', to='directory.unit')),
            ],
            options={
                'ordering': ['programme', 'code'],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='report_set',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='indicators.reportset'),
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(default=khue.core.clock.now)),
                ('locks_on', models.DateField()),
                ('lock_basis', models.CharField(blank=True, max_length=300)),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('lock_reason', models.CharField(blank=True, max_length=400)),
                ('locked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='indicators.period')),
                ('report_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='indicators.reportset')),
            ],
            options={
                'ordering': ['-period__last', 'report_set'],
            },
        ),
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total', models.DecimalField(decimal_places=6, max_digits=30)),
                ('units', models.IntegerField()),
                ('positive', models.IntegerField()),
                ('approved', models.IntegerField()),
                ('category', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='indicators.category')),
                ('indicator', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='indicators.indicator')),
                ('of', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='indicators.indicator')),
                ('period', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='indicators.period')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked', models.IntegerField()),
                ('submitted', models.IntegerField()),
                ('approved', models.IntegerField()),
                ('late', models.IntegerField()),
                ('cycle', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='tallies', to='indicators.cycle')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('bound', models.CharField(choices=[('least', 'at least'), ('more', 'more than'), ('about', 'about'), ('most', 'at most'), ('range', 'from … to …')], default='least', max_length=5)),
                ('value', models.DecimalField(decimal_places=6, max_digits=24)),
                ('value_to', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ('words', models.CharField(blank=True, max_length=120)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='indicators.indicator')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['indicator', 'year'],
            },
        ),
        migrations.CreateModel(
            name='UnitReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent'), ('returned', 'Returned'), ('approved', 'Approved by all')], default='draft', max_length=10)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('texts', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('late', models.GeneratedField(db_persist=True, expression=models.Case(models.When(submitted_on__gt=models.F('due_on'), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField())),
                ('submitted_on', models.DateField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='unit_report', to='flow.case')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='indicators.cycle')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unit_reports', to='directory.unit')),
            ],
            options={
                'ordering': ['cycle', 'unit'],
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=400)),
                ('until', models.DateField()),
                ('at', models.DateTimeField(default=khue.core.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reopenings', to='indicators.unitreport')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='ComposedBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('italic', models.BooleanField(default=False)),
                ('made', models.TextField(blank=True)),
                ('tokens', models.JSONField(default=list)),
                ('data', models.JSONField(default=dict)),
                ('edited', models.TextField(null=True)),
                ('other', models.TextField(null=True)),
                ('dropped', models.BooleanField(default=False)),
                ('added', models.BooleanField(default=False)),
                ('recipe', models.JSONField(blank=True, default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='indicators.composed')),
            ],
            options={
                'ordering': ['report', 'place'],
                'constraints': [models.UniqueConstraint(fields=('report', 'name'), name='composed_block_once'), models.CheckConstraint(condition=models.Q(('other', None), ('edited__isnull', False), _connector='OR'), name='composed_waits_beside_an_edit')],
            },
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('dimension', 'code'), name='category_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dimension', None), ('id', 1)), models.Q(('dimension', None), _negated=True), _connector='OR'), name='category_one_total'),
        ),
        migrations.AddConstraint(
            model_name='indicatorversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='indicator_version_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='indicatorversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('indicator', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='indicator_one_version_a_day'),
        ),
        migrations.AddConstraint(
            model_name='indicatorversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('formula', ''), ('kind', 'entered'), ('measure', '')), models.Q(('formula', ''), ('kind', 'measured'), models.Q(('measure', ''), _negated=True)), models.Q(('kind', 'formula'), ('measure', ''), models.Q(('formula', ''), _negated=True)), _connector='OR'), name='indicator_version_counted_one_way'),
        ),
        migrations.AddConstraint(
            model_name='indicatorversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'formula'), ('across', 'ratio')), models.Q(models.Q(('kind', 'formula'), _negated=True), models.Q(('across', 'ratio'), _negated=True)), _connector='OR'), name='indicator_formula_is_of_sums'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('version', 'clause', 'leaf'), name='part_once_a_clause'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(fields=('period', 'indicator', 'unit', 'category'), name='observation_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='roll_new', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM pg_advisory_xact_lock(hashtext('indicators_rollup'), one.period_id)\n        FROM (SELECT DISTINCT period_id FROM new_rows ORDER BY period_id) AS one;\n        WITH changed AS MATERIALIZED (\n    SELECT period_id, indicator_id, unit_id, category_id,\n           NULL::numeric AS v0, false AS a0, value AS v1, state = 'approved' AS a1\n    FROM new_rows WHERE value IS NOT NULL AND state IN ('submitted', 'approved')\n), \n    parts AS MATERIALIZED (\n    SELECT version.indicator_id AS formula_id, part.leaf_id, part.clause, period.id AS period_id\n    FROM (SELECT DISTINCT period_id FROM changed) AS one\n    JOIN indicators_period AS period ON period.id = one.period_id\n    JOIN indicators_indicatorversion AS version\n      ON version.kind = 'formula' AND version.valid_from <= period.last\n     AND (version.valid_to IS NULL OR version.valid_to >= period.last)\n    JOIN indicators_part AS part ON part.version_id = version.id\n    WHERE true\n),\n    touched AS MATERIALIZED (\n        SELECT DISTINCT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n    ),\n    candidates AS (\n        SELECT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id, parts.leaf_id, parts.clause,\n               true AS is_changed, v0, a0, v1, a1\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n        UNION ALL\n        SELECT touched.formula_id, touched.period_id, touched.unit_id, touched.category_id, parts.leaf_id, parts.clause,\n               false, there.value, there.state = 'approved', there.value, there.state = 'approved'\n        FROM touched\n        JOIN parts ON parts.formula_id = touched.formula_id AND parts.period_id = touched.period_id\n        LEFT JOIN indicators_observation AS there\n          ON there.period_id = touched.period_id AND there.indicator_id = parts.leaf_id\n         AND there.unit_id = touched.unit_id AND there.category_id = touched.category_id\n         AND there.state IN ('submitted', 'approved')\n    ),\n    given AS (\n        SELECT formula_id, period_id, unit_id, category_id, leaf_id, clause,\n               max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1\n        FROM (\n            SELECT *, bool_or(is_changed) OVER (\n                PARTITION BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n            ) AS has_changed FROM candidates\n        ) AS both_ways\n        WHERE is_changed = has_changed\n        GROUP BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n    ),\n    complete AS MATERIALIZED (\n        SELECT formula_id, period_id, unit_id, category_id,\n               count(DISTINCT clause) FILTER (WHERE v0 IS NOT NULL) = count(DISTINCT clause) AS ok0,\n               count(DISTINCT clause) FILTER (WHERE v1 IS NOT NULL) = count(DISTINCT clause) AS ok1,\n               bool_and(a0) FILTER (WHERE v0 IS NOT NULL) AS a0, bool_and(a1) FILTER (WHERE v1 IS NOT NULL) AS a1,\n               array_agg(leaf_id) AS leaves, array_agg(v0) AS all0, array_agg(v1) AS all1\n        FROM given GROUP BY formula_id, period_id, unit_id, category_id\n    ),\n    moved AS (\n        SELECT period_id, unit_id, indicator_id, indicator_id AS of_id, category_id, v0, a0, v1, a1 FROM changed\n        WHERE true\n        UNION ALL\n        SELECT period_id, unit_id, formula_id, formula_id, category_id,\n               CASE WHEN ok0 THEN 0 END, ok0 AND a0, CASE WHEN ok1 THEN 0 END, ok1 AND a1\n        FROM complete\n        UNION ALL\n        SELECT DISTINCT period_id, unit_id, formula_id, leaf.id, category_id,\n               CASE WHEN ok0 THEN leaf.v0 END, ok0 AND a0 AND leaf.v0 IS NOT NULL,\n               CASE WHEN ok1 THEN leaf.v1 END, ok1 AND a1 AND leaf.v1 IS NOT NULL\n        FROM complete, unnest(leaves, all0, all1) AS leaf(id, v0, v1)\n    ),\n    rolled AS (\n        SELECT period_id, step.unit_id::bigint AS unit_id, indicator_id, of_id, category_id,\n               sum(coalesce(v1, 0) - coalesce(v0, 0)) AS total,\n               count(v1) - count(v0) AS units,\n               count(*) FILTER (WHERE v1 > 0) - count(*) FILTER (WHERE v0 > 0) AS positive,\n               count(*) FILTER (WHERE a1) - count(*) FILTER (WHERE a0) AS approved\n        FROM moved \n    JOIN directory_unit AS unit ON unit.id = moved.unit_id\n    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step(unit_id)\n\n        WHERE step.unit_id::bigint <> moved.unit_id\n        GROUP BY period_id, step.unit_id, indicator_id, of_id, category_id\n    )\n    INSERT INTO indicators_rollup AS kept\n        (period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved)\n    SELECT period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved FROM rolled\n    WHERE (total, units, positive, approved) IS DISTINCT FROM (0::numeric, 0::bigint, 0::bigint, 0::bigint)\n    ORDER BY period_id, unit_id, indicator_id, of_id, category_id\n    ON CONFLICT (period_id, unit_id, indicator_id, of_id, category_id) DO UPDATE SET\n        total = kept.total + EXCLUDED.total, units = kept.units + EXCLUDED.units,\n        positive = kept.positive + EXCLUDED.positive, approved = kept.approved + EXCLUDED.approved\n;\n        RETURN NULL;\n    ", hash='12075429d1243b92c0a3b29921c045652b58e93c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_roll_new_c91c7', referencing='REFERENCING NEW TABLE AS new_rows ', table='indicators_observation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='roll_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM pg_advisory_xact_lock(hashtext('indicators_rollup'), one.period_id)\n        FROM (SELECT DISTINCT period_id FROM new_rows ORDER BY period_id) AS one;\n        WITH changed AS MATERIALIZED (\n    SELECT period_id, indicator_id, unit_id, category_id,\n           max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1\n    FROM (\n    SELECT period_id, indicator_id, unit_id, category_id,\n           value AS v0, state = 'approved' AS a0, NULL::numeric AS v1, false AS a1\n    FROM old_rows WHERE value IS NOT NULL AND state IN ('submitted', 'approved')\n UNION ALL \n    SELECT period_id, indicator_id, unit_id, category_id,\n           NULL::numeric AS v0, false AS a0, value AS v1, state = 'approved' AS a1\n    FROM new_rows WHERE value IS NOT NULL AND state IN ('submitted', 'approved')\n) AS both_rows\n    GROUP BY period_id, indicator_id, unit_id, category_id\n    HAVING max(v0) IS DISTINCT FROM max(v1) OR bool_or(a0) <> bool_or(a1)\n), \n    parts AS MATERIALIZED (\n    SELECT version.indicator_id AS formula_id, part.leaf_id, part.clause, period.id AS period_id\n    FROM (SELECT DISTINCT period_id FROM changed) AS one\n    JOIN indicators_period AS period ON period.id = one.period_id\n    JOIN indicators_indicatorversion AS version\n      ON version.kind = 'formula' AND version.valid_from <= period.last\n     AND (version.valid_to IS NULL OR version.valid_to >= period.last)\n    JOIN indicators_part AS part ON part.version_id = version.id\n    WHERE true\n),\n    touched AS MATERIALIZED (\n        SELECT DISTINCT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n    ),\n    candidates AS (\n        SELECT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id, parts.leaf_id, parts.clause,\n               true AS is_changed, v0, a0, v1, a1\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n        UNION ALL\n        SELECT touched.formula_id, touched.period_id, touched.unit_id, touched.category_id, parts.leaf_id, parts.clause,\n               false, there.value, there.state = 'approved', there.value, there.state = 'approved'\n        FROM touched\n        JOIN parts ON parts.formula_id = touched.formula_id AND parts.period_id = touched.period_id\n        LEFT JOIN indicators_observation AS there\n          ON there.period_id = touched.period_id AND there.indicator_id = parts.leaf_id\n         AND there.unit_id = touched.unit_id AND there.category_id = touched.category_id\n         AND there.state IN ('submitted', 'approved')\n    ),\n    given AS (\n        SELECT formula_id, period_id, unit_id, category_id, leaf_id, clause,\n               max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1\n        FROM (\n            SELECT *, bool_or(is_changed) OVER (\n                PARTITION BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n            ) AS has_changed FROM candidates\n        ) AS both_ways\n        WHERE is_changed = has_changed\n        GROUP BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n    ),\n    complete AS MATERIALIZED (\n        SELECT formula_id, period_id, unit_id, category_id,\n               count(DISTINCT clause) FILTER (WHERE v0 IS NOT NULL) = count(DISTINCT clause) AS ok0,\n               count(DISTINCT clause) FILTER (WHERE v1 IS NOT NULL) = count(DISTINCT clause) AS ok1,\n               bool_and(a0) FILTER (WHERE v0 IS NOT NULL) AS a0, bool_and(a1) FILTER (WHERE v1 IS NOT NULL) AS a1,\n               array_agg(leaf_id) AS leaves, array_agg(v0) AS all0, array_agg(v1) AS all1\n        FROM given GROUP BY formula_id, period_id, unit_id, category_id\n    ),\n    moved AS (\n        SELECT period_id, unit_id, indicator_id, indicator_id AS of_id, category_id, v0, a0, v1, a1 FROM changed\n        WHERE true\n        UNION ALL\n        SELECT period_id, unit_id, formula_id, formula_id, category_id,\n               CASE WHEN ok0 THEN 0 END, ok0 AND a0, CASE WHEN ok1 THEN 0 END, ok1 AND a1\n        FROM complete\n        UNION ALL\n        SELECT DISTINCT period_id, unit_id, formula_id, leaf.id, category_id,\n               CASE WHEN ok0 THEN leaf.v0 END, ok0 AND a0 AND leaf.v0 IS NOT NULL,\n               CASE WHEN ok1 THEN leaf.v1 END, ok1 AND a1 AND leaf.v1 IS NOT NULL\n        FROM complete, unnest(leaves, all0, all1) AS leaf(id, v0, v1)\n    ),\n    rolled AS (\n        SELECT period_id, step.unit_id::bigint AS unit_id, indicator_id, of_id, category_id,\n               sum(coalesce(v1, 0) - coalesce(v0, 0)) AS total,\n               count(v1) - count(v0) AS units,\n               count(*) FILTER (WHERE v1 > 0) - count(*) FILTER (WHERE v0 > 0) AS positive,\n               count(*) FILTER (WHERE a1) - count(*) FILTER (WHERE a0) AS approved\n        FROM moved \n    JOIN directory_unit AS unit ON unit.id = moved.unit_id\n    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step(unit_id)\n\n        WHERE step.unit_id::bigint <> moved.unit_id\n        GROUP BY period_id, step.unit_id, indicator_id, of_id, category_id\n    )\n    INSERT INTO indicators_rollup AS kept\n        (period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved)\n    SELECT period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved FROM rolled\n    WHERE (total, units, positive, approved) IS DISTINCT FROM (0::numeric, 0::bigint, 0::bigint, 0::bigint)\n    ORDER BY period_id, unit_id, indicator_id, of_id, category_id\n    ON CONFLICT (period_id, unit_id, indicator_id, of_id, category_id) DO UPDATE SET\n        total = kept.total + EXCLUDED.total, units = kept.units + EXCLUDED.units,\n        positive = kept.positive + EXCLUDED.positive, approved = kept.approved + EXCLUDED.approved\n;\n        RETURN NULL;\n    ", hash='45a0982785615605776bb2f47ff2f863d9a04b6c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_roll_changed_b4e1a', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='indicators_observation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='roll_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM pg_advisory_xact_lock(hashtext('indicators_rollup'), one.period_id)\n        FROM (SELECT DISTINCT period_id FROM old_rows ORDER BY period_id) AS one;\n        WITH changed AS MATERIALIZED (\n    SELECT period_id, indicator_id, unit_id, category_id,\n           value AS v0, state = 'approved' AS a0, NULL::numeric AS v1, false AS a1\n    FROM old_rows WHERE value IS NOT NULL AND state IN ('submitted', 'approved')\n), \n    parts AS MATERIALIZED (\n    SELECT version.indicator_id AS formula_id, part.leaf_id, part.clause, period.id AS period_id\n    FROM (SELECT DISTINCT period_id FROM changed) AS one\n    JOIN indicators_period AS period ON period.id = one.period_id\n    JOIN indicators_indicatorversion AS version\n      ON version.kind = 'formula' AND version.valid_from <= period.last\n     AND (version.valid_to IS NULL OR version.valid_to >= period.last)\n    JOIN indicators_part AS part ON part.version_id = version.id\n    WHERE true\n),\n    touched AS MATERIALIZED (\n        SELECT DISTINCT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n    ),\n    candidates AS (\n        SELECT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id, parts.leaf_id, parts.clause,\n               true AS is_changed, v0, a0, v1, a1\n        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id\n        UNION ALL\n        SELECT touched.formula_id, touched.period_id, touched.unit_id, touched.category_id, parts.leaf_id, parts.clause,\n               false, there.value, there.state = 'approved', there.value, there.state = 'approved'\n        FROM touched\n        JOIN parts ON parts.formula_id = touched.formula_id AND parts.period_id = touched.period_id\n        LEFT JOIN indicators_observation AS there\n          ON there.period_id = touched.period_id AND there.indicator_id = parts.leaf_id\n         AND there.unit_id = touched.unit_id AND there.category_id = touched.category_id\n         AND there.state IN ('submitted', 'approved')\n    ),\n    given AS (\n        SELECT formula_id, period_id, unit_id, category_id, leaf_id, clause,\n               max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1\n        FROM (\n            SELECT *, bool_or(is_changed) OVER (\n                PARTITION BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n            ) AS has_changed FROM candidates\n        ) AS both_ways\n        WHERE is_changed = has_changed\n        GROUP BY formula_id, period_id, unit_id, category_id, leaf_id, clause\n    ),\n    complete AS MATERIALIZED (\n        SELECT formula_id, period_id, unit_id, category_id,\n               count(DISTINCT clause) FILTER (WHERE v0 IS NOT NULL) = count(DISTINCT clause) AS ok0,\n               count(DISTINCT clause) FILTER (WHERE v1 IS NOT NULL) = count(DISTINCT clause) AS ok1,\n               bool_and(a0) FILTER (WHERE v0 IS NOT NULL) AS a0, bool_and(a1) FILTER (WHERE v1 IS NOT NULL) AS a1,\n               array_agg(leaf_id) AS leaves, array_agg(v0) AS all0, array_agg(v1) AS all1\n        FROM given GROUP BY formula_id, period_id, unit_id, category_id\n    ),\n    moved AS (\n        SELECT period_id, unit_id, indicator_id, indicator_id AS of_id, category_id, v0, a0, v1, a1 FROM changed\n        WHERE true\n        UNION ALL\n        SELECT period_id, unit_id, formula_id, formula_id, category_id,\n               CASE WHEN ok0 THEN 0 END, ok0 AND a0, CASE WHEN ok1 THEN 0 END, ok1 AND a1\n        FROM complete\n        UNION ALL\n        SELECT DISTINCT period_id, unit_id, formula_id, leaf.id, category_id,\n               CASE WHEN ok0 THEN leaf.v0 END, ok0 AND a0 AND leaf.v0 IS NOT NULL,\n               CASE WHEN ok1 THEN leaf.v1 END, ok1 AND a1 AND leaf.v1 IS NOT NULL\n        FROM complete, unnest(leaves, all0, all1) AS leaf(id, v0, v1)\n    ),\n    rolled AS (\n        SELECT period_id, step.unit_id::bigint AS unit_id, indicator_id, of_id, category_id,\n               sum(coalesce(v1, 0) - coalesce(v0, 0)) AS total,\n               count(v1) - count(v0) AS units,\n               count(*) FILTER (WHERE v1 > 0) - count(*) FILTER (WHERE v0 > 0) AS positive,\n               count(*) FILTER (WHERE a1) - count(*) FILTER (WHERE a0) AS approved\n        FROM moved \n    JOIN directory_unit AS unit ON unit.id = moved.unit_id\n    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step(unit_id)\n\n        WHERE step.unit_id::bigint <> moved.unit_id\n        GROUP BY period_id, step.unit_id, indicator_id, of_id, category_id\n    )\n    INSERT INTO indicators_rollup AS kept\n        (period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved)\n    SELECT period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved FROM rolled\n    WHERE (total, units, positive, approved) IS DISTINCT FROM (0::numeric, 0::bigint, 0::bigint, 0::bigint)\n    ORDER BY period_id, unit_id, indicator_id, of_id, category_id\n    ON CONFLICT (period_id, unit_id, indicator_id, of_id, category_id) DO UPDATE SET\n        total = kept.total + EXCLUDED.total, units = kept.units + EXCLUDED.units,\n        positive = kept.positive + EXCLUDED.positive, approved = kept.approved + EXCLUDED.approved\n;\n        RETURN NULL;\n    ", hash='70b6a5feda5d96c197ee70e3544bd18071056062', level='STATEMENT', operation='DELETE', pgid='pgtrigger_roll_gone_396b3', referencing='REFERENCING OLD TABLE AS old_rows ', table='indicators_observation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='programme_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('programme', 'code'), name='objective_once'),
        ),
        migrations.AddIndex(
            model_name='composed',
            index=models.Index(fields=['unit', '-created_at'], name='composed_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='composed',
            constraint=models.UniqueConstraint(fields=('template', 'unit', 'period', 'programme', 'corrects'), name='composed_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='composed',
            constraint=models.UniqueConstraint(condition=models.Q(('document', ''), _negated=True), fields=('document',), name='composed_of_document'),
        ),
        migrations.AddConstraint(
            model_name='programmeversion',
            constraint=models.UniqueConstraint(fields=('programme', 'version'), name='programme_version_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('report_set', 'period'), name='cycle_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at', None), models.Q(('lock_reason', ''), _negated=True), _connector='OR'), name='cycle_lock_has_a_reason'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(fields=['indicator', 'category', 'unit', 'period'], include=('of', 'total', 'units', 'positive', 'approved'), name='rollup_over_time'),
        ),
        migrations.AddConstraint(
            model_name='rollup',
            constraint=models.UniqueConstraint(fields=('period', 'unit', 'indicator', 'of', 'category'), name='rollup_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('cycle', 'unit'), name='tally_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('indicator', 'unit', 'year'), name='target_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bound', 'range'), ('value_to__gt', models.F('value'))), models.Q(models.Q(('bound', 'range'), _negated=True), ('value_to', None)), _connector='OR'), name='target_range_has_two_ends'),
        ),
        migrations.AddIndex(
            model_name='unitreport',
            index=models.Index(fields=['unit', 'state', 'due_on'], name='unit_report_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.UniqueConstraint(fields=('cycle', 'unit'), name='unit_report_once'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_on', None), _negated=True), _connector='OR'), name='unit_report_sent_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), models.Q(('approved_at', None), _negated=True)), models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at', None)), _connector='OR'), name='unit_report_approved_is_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='tally_new', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO indicators_tally AS kept (cycle_id, unit_id, asked, submitted, approved, late)\n        SELECT one.cycle_id, step::bigint, sum(sign),\n               coalesce(sum(sign) FILTER (WHERE state = 'submitted'), 0),\n               coalesce(sum(sign) FILTER (WHERE state = 'approved'), 0), coalesce(sum(sign) FILTER (WHERE late), 0)\n        FROM (SELECT cycle_id, unit_id, 1 AS sign, state, late FROM new_rows) AS one JOIN directory_unit AS unit ON unit.id = one.unit_id,\n             unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step\n        WHERE step::bigint <> unit.id\n        GROUP BY one.cycle_id, step::bigint ORDER BY one.cycle_id, step::bigint\n        ON CONFLICT (cycle_id, unit_id) DO UPDATE SET\n            asked = kept.asked + EXCLUDED.asked, submitted = kept.submitted + EXCLUDED.submitted,\n            approved = kept.approved + EXCLUDED.approved, late = kept.late + EXCLUDED.late;\n        RETURN NULL;\n    ", hash='19a96ca01385f0ccf07d7c78ef75dbbf527e245f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_tally_new_e16db', referencing='REFERENCING NEW TABLE AS new_rows ', table='indicators_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='tally_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO indicators_tally AS kept (cycle_id, unit_id, asked, submitted, approved, late)\n        SELECT one.cycle_id, step::bigint, sum(sign),\n               coalesce(sum(sign) FILTER (WHERE state = 'submitted'), 0),\n               coalesce(sum(sign) FILTER (WHERE state = 'approved'), 0), coalesce(sum(sign) FILTER (WHERE late), 0)\n        FROM (SELECT cycle_id, unit_id, -1 AS sign, state, late FROM old_rows UNION ALL SELECT cycle_id, unit_id, 1 AS sign, state, late FROM new_rows) AS one JOIN directory_unit AS unit ON unit.id = one.unit_id,\n             unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step\n        WHERE step::bigint <> unit.id\n        GROUP BY one.cycle_id, step::bigint ORDER BY one.cycle_id, step::bigint\n        ON CONFLICT (cycle_id, unit_id) DO UPDATE SET\n            asked = kept.asked + EXCLUDED.asked, submitted = kept.submitted + EXCLUDED.submitted,\n            approved = kept.approved + EXCLUDED.approved, late = kept.late + EXCLUDED.late;\n        RETURN NULL;\n    ", hash='2c36dd7e698dcea1968f6406b732ca041bdb4b2f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_tally_changed_3765e', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='indicators_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='tally_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO indicators_tally AS kept (cycle_id, unit_id, asked, submitted, approved, late)\n        SELECT one.cycle_id, step::bigint, sum(sign),\n               coalesce(sum(sign) FILTER (WHERE state = 'submitted'), 0),\n               coalesce(sum(sign) FILTER (WHERE state = 'approved'), 0), coalesce(sum(sign) FILTER (WHERE late), 0)\n        FROM (SELECT cycle_id, unit_id, -1 AS sign, state, late FROM old_rows) AS one JOIN directory_unit AS unit ON unit.id = one.unit_id,\n             unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step\n        WHERE step::bigint <> unit.id\n        GROUP BY one.cycle_id, step::bigint ORDER BY one.cycle_id, step::bigint\n        ON CONFLICT (cycle_id, unit_id) DO UPDATE SET\n            asked = kept.asked + EXCLUDED.asked, submitted = kept.submitted + EXCLUDED.submitted,\n            approved = kept.approved + EXCLUDED.approved, late = kept.late + EXCLUDED.late;\n        RETURN NULL;\n    ", hash='43ea623047cc7446715567dc99af37595bcdcad6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_tally_gone_3741d', referencing='REFERENCING OLD TABLE AS old_rows ', table='indicators_unitreport', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reopening_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('report',), name='reopening_one_at_a_time'),
        ),
        migrations.RunSQL(WHOLE, "DELETE FROM indicators_category WHERE id = 1"),
        migrations.RunSQL(UNIT_MOVED, NO_TRIGGER),
    ])
