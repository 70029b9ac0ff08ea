from django.http import Http404, HttpRequest, HttpResponse


def partnership_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def partnership(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def room(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
