import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal import timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
if settings.KEEPS_THE_TIMETABLE:
    timetable.keep()
