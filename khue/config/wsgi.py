"""Entry point of the web server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from khue.config.database import start_database
from khue.core.loading import for_good

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
with for_good():
    application = get_wsgi_application()
    start_database(settings.VAR)
    import_module(settings.ROOT_URLCONF)  # the first visitor does not wait for the pages to be loaded
