from django.http import Http404, HttpRequest, HttpResponse


def post_write(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def post(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def post_edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def post_remove(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
