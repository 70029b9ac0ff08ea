import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
if settings.KEEPS_THE_TIMETABLE:
    from portal import timetable  # Only now that the apps are ready.

    timetable.keep()

# What is loaded by now stays for as long as the process: going through it again and again took a tenth of every page's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
