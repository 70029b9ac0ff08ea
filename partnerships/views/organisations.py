from django.http import Http404, HttpRequest, HttpResponse


def organisation_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def organisation_register(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def organisation(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def organisation_edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
