"""Entry point of the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from khue.config.database import start_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
application = get_wsgi_application()
start_database(settings.VAR)
