from django.http import Http404, HttpRequest, HttpResponse


def person_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def person(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
