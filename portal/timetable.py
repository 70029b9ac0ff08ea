"""What editors gave a time is published and taken down at that time. In production the command is run every minute."""

import logging
import threading
import time

from django.core.management import call_command
from django.db import connection, transaction

EVERY_SECONDS = 30
log = logging.getLogger(__name__)


@transaction.atomic
def publish_what_is_due() -> None:
    """In one transaction, so that a change and its outbox rows are one."""
    call_command("publish_scheduled")


def keep() -> None:
    threading.Thread(target=_keep, name="timetable", daemon=True).start()


def _keep() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        try:
            publish_what_is_due()
            call_command("read_documents", "--once", verbosity=0)
        except Exception:
            log.exception("What is due could not be done; it is tried again.")
        finally:
            connection.close()
