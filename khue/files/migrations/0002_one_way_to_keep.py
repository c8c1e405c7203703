from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='file',
            name='keep_years',
        ),
        migrations.AddField(
            model_name='file',
            name='disposed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('disposed_at', None), ('removed_at__isnull', False), _connector='OR'), name='file_disposed_is_removed'),
        ),
    ]
