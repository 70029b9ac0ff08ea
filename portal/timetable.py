"""What editors gave a time is published and taken down at that time, mail that waits is sent, and what is new about what
people follow and in their saved searches is told.

In production timers run the commands `publish_what_is_due` and `send_mail --once` every minute, `send_alerts` and
`send_digests` in each rhythm, and `forget_mail` every night.
"""

import logging
import threading
import time
from datetime import datetime

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from partnerships.services import digests, direct_messages, following_notices, mail_queue, news, vacancies
from search import upkeep
from search.models import SavedSearch
from search.services import alerts, search_log

EVERY_SECONDS = 30
HOUR, MONDAY = 7, 0
log = logging.getLogger(__name__)


@transaction.atomic
def publish_what_is_due() -> None:
    """In one transaction, so that a change and its outbox rows are one."""
    call_command("publish_scheduled")


def rhythms_due(before: datetime, now: datetime) -> list[str]:
    """At once, always; where seven o'clock has passed since the last look, the daily ones, and on Mondays the weekly."""
    rhythms, local = SavedSearch.Rhythm, timezone.localtime(now)
    seven = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if not before < seven <= now:
        return [rhythms.AT_ONCE]
    return [rhythms.AT_ONCE, rhythms.DAILY, *([rhythms.WEEKLY] if local.weekday() == MONDAY else [])]


def tell_what_is_new(before: datetime, now: datetime) -> None:
    following_notices.note_what_is_new()
    for rhythm in rhythms_due(before, now):
        alerts.tell(rhythm)
        digests.tell(rhythm)


def forget_what_is_old(before: datetime, now: datetime) -> None:
    """Once a day."""
    if SavedSearch.Rhythm.DAILY in rhythms_due(before, now):
        search_log.forget_old()
        mail_queue.forget_old()
        news.forget_old()
        direct_messages.forget_old()


def tell_of_terms_that_end(before: datetime, now: datetime) -> None:
    """Once a day."""
    if SavedSearch.Rhythm.DAILY in rhythms_due(before, now):
        vacancies.tell_of_terms()


def keep() -> None:
    threading.Thread(target=_keep, name="timetable", daemon=True).start()


def _keep() -> None:
    before = timezone.now()
    while True:
        time.sleep(EVERY_SECONDS)
        now = timezone.now()
        try:
            publish_what_is_due()
            call_command("read_documents", "--once", verbosity=0)
            call_command("see_to_applications", verbosity=0)
            upkeep.carry_out()
            mail_queue.send_due()
            tell_what_is_new(before, now)
            forget_what_is_old(before, now)
            tell_of_terms_that_end(before, now)
        except Exception:
            log.exception("What is due could not be done; it is tried again.")
        finally:
            before = now
            connection.close()
