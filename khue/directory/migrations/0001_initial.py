import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

from khue.core.migrating import at_once

HEIRS = """
CREATE VIEW directory_{kind}heir AS
WITH RECURSIVE line (source_id, heir_id, main, exact) AS (
    SELECT old_id, new_id, kind <> 'part', kind = 'whole' FROM directory_{kind}succession WHERE "on" <= CURRENT_DATE
    UNION
    SELECT line.source_id, step.new_id, line.main AND step.kind <> 'part', line.exact AND step.kind = 'whole'
    FROM line JOIN directory_{kind}succession step ON step.old_id = line.heir_id AND step."on" <= CURRENT_DATE
), reached AS (
    SELECT source_id, heir_id, bool_or(main) AS main, bool_or(exact) AS exact FROM line GROUP BY 1, 2
    UNION ALL
    SELECT id, id, TRUE, TRUE FROM directory_{kind}
)
SELECT reached.source_id::bigint * 2147483648 + reached.heir_id AS id,
       reached.source_id, reached.heir_id, reached.main, reached.exact
FROM reached JOIN directory_{kind} heir ON heir.id = reached.heir_id
WHERE heir.valid_to IS NULL OR heir.valid_to >= CURRENT_DATE
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = at_once([
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name='PlaceHeir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('main', models.BooleanField()),
                ('exact', models.BooleanField()),
            ],
            options={
                'db_table': 'directory_placeheir',
                'abstract': False,
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='UnitHeir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('main', models.BooleanField()),
                ('exact', models.BooleanField()),
            ],
            options={
                'db_table': 'directory_unitheir',
                'abstract': False,
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=120)),
                ('folded', models.CharField(editable=False, max_length=120)),
                ('sort_name', models.CharField(db_collation='C', default='', editable=False, max_length=500)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'ordering': ['sort_name'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='person_folded_trgm', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('level', models.CharField(choices=[('province', 'Province, city'), ('district', 'District (until 30/6/2025)'), ('commune', 'Ward, commune, special zone')], max_length=10)),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('folded', models.CharField(editable=False, max_length=160)),
                ('sort_name', models.CharField(db_collation='C', default='', editable=False, max_length=500)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.place')),
            ],
            options={
                'ordering': ['sort_name', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='PlaceSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('whole', 'whole'), ('main-part', 'main part'), ('part', 'part')], default='whole', max_length=10)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('on', models.DateField()),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeds', to='directory.place')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeded_by', to='directory.place')),
            ],
        ),
        migrations.AddField(
            model_name='place',
            name='successors',
            field=models.ManyToManyField(related_name='predecessors', through='directory.PlaceSuccession', to='directory.place'),
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, max_length=60, unique=True)),
                ('name', models.CharField(max_length=250)),
                ('abbreviation', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('authority', 'Leading body'), ('department', 'Department of the city or province'), ('district', 'District committee (until 30/6/2025)'), ('commune', 'Ward or commune committee'), ('division', 'Division'), ('institute', 'Institute, school'), ('enterprise', 'Enterprise'), ('party', 'Party body'), ('association', 'Association, union')], max_length=20)),
                ('folded', models.CharField(editable=False, max_length=250)),
                ('sort_name', models.CharField(db_collation='C', editable=False, max_length=1000)),
                ('path', models.CharField(db_index=True, default='', editable=False, max_length=250)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.unit')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='directory.place')),
            ],
            options={
                'ordering': ['sort_name'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='directory.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='directory.unit')),
            ],
            options={
                'ordering': ['-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250)),
                ('abbreviation', models.CharField(blank=True, max_length=40)),
                ('official', models.BooleanField(default=True)),
                ('key', models.CharField(editable=False, max_length=300)),
                ('bare', models.CharField(db_index=True, editable=False, max_length=300)),
                ('short', models.CharField(db_index=True, editable=False, max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='directory.unit')),
            ],
            options={
                'ordering': ['unit', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('whole', 'whole'), ('main-part', 'main part'), ('part', 'part')], default='whole', max_length=10)),
                ('basis', models.CharField(blank=True, max_length=400)),
                ('verified', models.BooleanField(default=True)),
                ('on', models.DateField()),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeds', to='directory.unit')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeded_by', to='directory.unit')),
            ],
        ),
        migrations.AddField(
            model_name='unit',
            name='successors',
            field=models.ManyToManyField(related_name='predecessors', through='directory.UnitSuccession', to='directory.unit'),
        ),
        migrations.CreateModel(
            name='Expertise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=200)),
                ('folded', models.CharField(editable=False, max_length=200)),
                ('since', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, max_length=400)),
                ('declared_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expertise', to='directory.person')),
            ],
            options={
                'ordering': ['topic'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='expertise_folded_trgm', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('person', 'folded'), name='expertise_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='placesuccession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='place_succession_once'),
        ),
        migrations.AddConstraint(
            model_name='placesuccession',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='place_succeeds_another'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='place_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('level', 'code', 'valid_from'), name='place_code_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='place_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('person', 'unit', 'position', 'valid_from'), name='post_once'),
        ),
        migrations.AddIndex(
            model_name='unitname',
            index=django.contrib.postgres.indexes.GinIndex(fields=['key'], name='unit_name_key_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='unitname',
            index=models.Index(fields=['key'], name='unit_name_key'),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_name_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('official', True)), expressions=[('unit', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='unit_one_official_name_a_day'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='unit_succession_once'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='unit_succeeds_another'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='unit_folded_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=django.contrib.postgres.indexes.GinIndex(fields=['path'], name='unit_path_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['sort_name'], name='unit_sorted'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='path_before', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE above TEXT;', func="\n                    SELECT path INTO above FROM directory_unit WHERE id = NEW.parent_id;\n                    IF above LIKE '%/' || NEW.id || '/%' THEN\n                        RAISE EXCEPTION 'a unit cannot stand below itself' USING ERRCODE = 'check_violation';\n                    END IF;\n                    NEW.path := coalesce(above, '/') || NEW.id || '/';\n                    RETURN NEW;\n                ", hash='6a52439cbcbe50acc4372e8b3bb96d32738613c3', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_path_before_8135a', table='directory_unit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='path_below', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."path" IS DISTINCT FROM (NEW."path"))', func="\n                    UPDATE directory_unit SET path = NEW.path || substr(path, length(OLD.path) + 1)\n                    WHERE path LIKE OLD.path || '%' AND id <> NEW.id;\n                    RETURN NULL;\n                ", hash='403e5a27caa939a4877354a0222ac356f219bec5', operation='UPDATE OF "parent_id"', pgid='pgtrigger_path_below_699c7', table='directory_unit', when='AFTER')),
        ),
        *(migrations.RunSQL(HEIRS.format(kind=kind), f"DROP VIEW directory_{kind}heir") for kind in ("place", "unit")),
    ])
