"""The demo's outbox: mails that a real site would have sent, read from the files they were written to."""

import email
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default as policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

LINK = re.compile(r"https?://[^\s<>\"']+")
BETWEEN = b"\n" + b"-" * 79 + b"\n"


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Newest first, as a page or as JSON."""
    if not settings.DEMO:
        raise Http404
    found = outbox()
    if request.GET.get("format") == "json":
        return JsonResponse(found, safe=False)
    return render(request, "portal/mailbox.html", {"mails": found[:100]})


def outbox() -> list[dict[str, Any]]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns) if folder.is_dir() else []
    letters = [_read(part) for file in files for part in file.read_bytes().split(BETWEEN) if part.strip()]
    return letters[::-1]


def _read(raw: bytes) -> dict[str, Any]:
    letter = email.message_from_bytes(raw.lstrip(), policy=policy)
    text, html = _part(letter, "plain"), _part(letter, "html")
    return {
        "to": str(letter["To"]),
        "subject": str(letter["Subject"]).strip(),
        "text": text,
        "html": html,
        "links": LINK.findall(text),
        "sent": _sent(letter),
    }


def _part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    return body.get_content().strip() if body else ""


def _sent(letter: EmailMessage) -> datetime:
    """Python reads -0000, which Django writes, as a time without a zone; it is one of UTC."""
    moment = getattr(letter["Date"], "datetime", None) or datetime.min
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
