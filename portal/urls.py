"""The whole address map. People read Danish words at / and English ones at /en/; machine addresses have one form."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from partnerships.urls import desk_urlpatterns, machine_urlpatterns
from partnerships.views import bounces
from portal import demo_sign_in, health, mailbox, views
from portal.sitemaps import SITEMAPS

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("admin/login/", views.to_login, name="wagtailadmin_login"),
    path("_util/login/", views.to_login),
    path("admin/logout/", views.to_logout),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/bounces", bounces.take, name="bounces"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("was", views.accessibility_statement, name="was"),
    *machine_urlpatterns,
]
if settings.DEMO:
    urlpatterns += [
        path("-/demo/sign-in", demo_sign_in.sign_in, name="demo_sign_in"),
        path("-/mail/", mailbox.mails, name="mailbox"),
    ]
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>(?!documents/).*)$", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    path("", include("partnerships.urls")),
    *desk_urlpatterns,
    path(_("account/"), include("allauth.account.urls")),
    path("_util/login/", views.to_login),  # Wagtail's own would let in without the second factor.
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
