from django.db import migrations

# Where attempts to sign in are counted: all web processes, on all machines, see the same counts.
TABLE = """
CREATE UNLOGGED TABLE khue_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX khue_cache_expires ON khue_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_delegations_and_invitations")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE khue_cache")]
