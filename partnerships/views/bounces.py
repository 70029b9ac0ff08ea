"""Where a mail server or provider hands over what came back, if it speaks HTTP; `manage.py take_bounce` if it does not."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partnerships.bounces import LARGEST
from partnerships.services import bounces


@csrf_exempt
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """The raw mail is the body. Without the secret of the environment the address does not exist."""
    given = request.headers.get("Authorization", "")
    if not settings.BOUNCE_SECRET or not constant_time_compare(given, f"Bearer {settings.BOUNCE_SECRET}"):
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    bounces.take(raw=request.body)
    return HttpResponse(status=204)
