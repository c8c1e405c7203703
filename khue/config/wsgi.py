"""Entry point of the web server."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from khue.config.database import start_database
from khue.core.loading import for_good

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
# What is loaded by now lives as long as the process: looking through it for garbage would take several milliseconds of
# many a page. The pages are loaded first, so that the first visitor does not wait for them either.
with for_good():
    application = get_wsgi_application()
    start_database(settings.VAR)
    import_module(settings.ROOT_URLCONF)
gc.set_threshold(20_000, 20, 20)
