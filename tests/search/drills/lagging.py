"""How far the index is behind the database, looked at all the time."""

import json
import time
from pathlib import Path

PAUSE = 0.05
BEHIND = 2.0
"""A worker that looks every half second is hardly ever so far behind."""


def look(folder):
    """Until the file `enough` is there; then says in `lag` how far behind it was at worst, and when that had passed."""
    from django.db import DatabaseError
    from django.utils import timezone

    from search.models import OutboxRow

    begin, worst, caught_up = time.monotonic(), 0.0, 0.0
    while not Path(folder, "enough").exists():
        try:
            oldest = OutboxRow.objects.order_by("created").values_list("created", flat=True).first()
        except DatabaseError:
            continue
        behind = (timezone.now() - oldest).total_seconds() if oldest else 0.0
        worst = max(worst, behind)
        if behind > BEHIND:
            caught_up = time.monotonic() - begin
        time.sleep(PAUSE)
    Path(folder, "lag").write_text(json.dumps({"worst": round(worst, 1), "caught_up": round(caught_up, 1)}))
