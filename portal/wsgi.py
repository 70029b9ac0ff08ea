import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.garbage import leave_alone_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
if settings.KEEPS_THE_TIMETABLE:
    from portal import timetable  # Only now that the apps are ready.

    timetable.keep()
leave_alone_what_is_loaded()
