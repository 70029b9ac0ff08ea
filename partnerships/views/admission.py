from django.http import Http404, HttpRequest, HttpResponse


def apply(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def application(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
