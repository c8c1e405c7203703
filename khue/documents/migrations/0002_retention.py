from django.conf import settings
from django.db import migrations, models

from khue.core.migrating import at_once

# The last day of the retention of what is closed, as `khue.language.keeping` reads “20 năm”.
FILL = r"""
UPDATE documents_casefile
SET keep_until = (ended_on + make_interval(years => substring(retention from '[0-9]+')::int))::date
WHERE ended_on IS NOT NULL AND lower(retention) ~ '^\s*0*[1-9][0-9]{0,2}\s?(năm|nam|years?)[\s.,;]*$'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.AddField(
            model_name='casefile',
            name='decided_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='casefile',
            name='decision',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='casefile',
            name='destroyed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='casefile',
            name='keep_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(('destroyed_at', None), models.Q(models.Q(('decision', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='case_file_destroyed_by_a_decision'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ])
