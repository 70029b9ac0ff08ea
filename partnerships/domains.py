"""Which domain is an organisation's own, so that a mail to it proves something."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

# Where anybody gets an address, or a page under somebody else's name.
SHARED = frozenset(
    """
    gmail.com googlemail.com google.com sites.google.com hotmail.com hotmail.dk outlook.com outlook.dk live.com live.dk
    msn.com yahoo.com yahoo.dk ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.net gmx.de mail.com proton.me
    protonmail.com pm.me tutanota.com fastmail.com zoho.com yandex.com mail.ru hey.com duck.com
    mail.dk jubii.dk ofir.dk sol.dk youmail.dk forum.dk email.dk privat.dk post.tele.dk mail.tele.dk tdcadsl.dk tdc.dk
    get2net.dk stofanet.dk webspeed.dk dukamail.dk energimail.dk fibermail.dk fiberpost.dk altiboxmail.dk waoomail.dk
    profibermail.dk nrgimail.dk vip.cybercity.dk cool.dk c.dk net.telenor.dk telia.dk mailme.dk hotmail.se
    facebook.com linkedin.com instagram.com youtube.com x.com twitter.com tiktok.com github.io gitlab.io wordpress.com
    blogspot.com wixsite.com weebly.com squarespace.com webnode.dk mono.net one.com simplesite.com business.site
    netlify.app vercel.app pages.dev conventus.dk klub-modul.dk holdsport.dk
    """.split()
)
SHARED_REASON = _("Anybody can get an address there, so it proves nothing.")


def domain_of(website: str) -> str:
    """The host of the website without "www."; empty where there is none."""
    try:
        host = (urlsplit(website).hostname or "").rstrip(".")
        return host.encode("idna").decode().lower().removeprefix("www.") if "." in host else ""
    except ValueError:
        return ""


def domain_of_address(address: str) -> str:
    """What stands behind the @, as a host is written."""
    return domain_of(f"https://{address.rpartition('@')[2].strip()}/")


def is_shared(domain: str) -> bool:
    """Itself or a part of what many share."""
    parts = domain.split(".")
    return any(".".join(parts[start:]) in SHARED for start in range(len(parts) - 1))
