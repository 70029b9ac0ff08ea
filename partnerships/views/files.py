"""Giving out a file that was looked through when it was kept."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse

from partnerships.text.file_kinds import CONTENT_TYPES, SHOWN_IN_THE_BROWSER


def sent(file: FieldFile, *, kind: str, name: str) -> HttpResponse:
    """What a browser shows safely it may show; all else it keeps as a file. No cache keeps any of it."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kept = kind not in SHOWN_IN_THE_BROWSER
    response = FileResponse(content, as_attachment=kept, filename=name, content_type=CONTENT_TYPES.get(kind))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
