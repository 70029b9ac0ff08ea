from django.http import Http404, HttpRequest, HttpResponse


def organisation_join(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def membership(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
