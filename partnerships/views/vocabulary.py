from django.http import Http404, HttpRequest, HttpResponse


def topic_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def topic(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def goal_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def goal(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
