"""axe finds nothing, nothing is wider than the screen, and every page works from the keyboard and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

# One address for each template and state; who looks at it; the English address where there is one.
PUBLIC = [
    ("/", "/en/"),
    ("/cases/", "/en/cases/"),
    ("/cases/halm-til-bioethanol/", "/en/cases/"),
    ("/ideer/", "/en/ideas/"),
    ("/ideer/bryggeriets-lunkne-vand/", "/en/ideas/"),
    ("/nyt/", "/en/news/"),
    ("/nyt/varmekortet-er-klar/", "/en/news/"),
    ("/planer/", "/en/plans/"),
    ("/om/", "/en/about/"),
    ("/soeg/?q=overskudsvarme", "/en/search/?q=heat"),
    ("/soeg/?q=varme&place=havnen&sort=newest", "/en/search/"),
    ("/soeg/?q=findesslet", "/en/search/?q=nothingatall"),
    ("/soeg/?q=flow&kind=document", "/en/search/?q=valve&kind=document"),
    ("/soeg/hvem-ved/?q=varme", "/en/search/people/?q=heat"),
    ("/soeg/hvem-ved/?q=findesslet", "/en/search/people/"),
    ("/soeg/?q=overskudsvarmr&kind=person&status=stopped", "/en/search/?q=surplsu"),
    ("/soeg/forslag/?q=kal", "/en/search/suggest/?q=kal"),
    ("/organisationer/", "/en/organisations/"),
    ("/organisationer/novonesis/", "/en/organisations/novonesis/"),
    ("/organisationer/fjordbryg/", "/en/organisations/fjordbryg/"),
    ("/personer/", "/en/people/"),
    ("/personer/bo-proevesen/", "/en/people/bo-proevesen/"),
    ("/partnerskaber/", "/en/partnerships/"),
    ("/partnerskaber/vandnetvaerket/", "/en/partnerships/vandnetvaerket/"),
    ("/partnerskaber/kalundborg-symbiose/", "/en/partnerships/kalundborg-symbiose/"),
    ("/partnerskaber/vandnetvaerket/dokumenter/2/", "/en/partnerships/vandnetvaerket/documents/2/"),
    ("/partnerskaber/vandnetvaerket/moeder/1/", "/en/partnerships/vandnetvaerket/meetings/1/"),
    ("/emner/", "/en/topics/"),
    ("/emner/energi/", "/en/topics/energi/"),
    ("/steder/havnen/", "/en/places/havnen/"),
    ("/maal/", "/en/goals/"),
    ("/konto/login/", "/en/account/login/"),
    ("/konto/signup/", "/en/account/signup/"),
    ("/konto/password/reset/", "/en/account/password/reset/"),
    ("/konto/login/code/", "/en/account/login/code/"),
    ("/findes-ikke/", "/en/no-such-page/"),
    ("/-/mail/", "/-/mail/"),
]
SIGNED_IN = [
    ("member", "/mit/", "/en/desk/"),
    ("member", "/mit/profil/", "/en/desk/profile/"),
    ("member", "/mit/notifikationer/", "/en/desk/notifications/"),
    ("member", "/mit/foelger/", "/en/desk/following/"),
    ("member", "/mit/soegninger/", "/en/desk/searches/"),
    ("member", "/mit/soegninger/gem/?q=varme&kind=story", "/en/desk/searches/save/?q=heat"),
    ("company", "/mit/", "/en/desk/"),
    ("company", "/organisationer/fjordbryg/invitationer/", "/en/organisations/fjordbryg/invitations/"),
    ("company", "/organisationer/fjordbryg/partnerskaber/", "/en/organisations/fjordbryg/partnerships/"),
    ("administrator", "/partnerskaber/vandnetvaerket/invitationer/", "/en/partnerships/vandnetvaerket/invitations/"),
    ("administrator", "/partnerskaber/vandnetvaerket/medlemmer/", "/en/partnerships/vandnetvaerket/members/"),
    ("company", "/organisationer/registrer/", "/en/organisations/register/"),
    ("company", "/organisationer/fjordbryg/ret/", "/en/organisations/fjordbryg/edit/"),
    ("company", "/partnerskaber/halm-gylle-og-gas/ansoeg/", "/en/partnerships/halm-gylle-og-gas/apply/"),
    ("administrator", "/mit/", "/en/desk/"),
    ("administrator", "/partnerskaber/vandnetvaerket/rum/", "/en/partnerships/vandnetvaerket/room/"),
    ("administrator", "/partnerskaber/vandnetvaerket/opslag/skriv/", "/en/partnerships/vandnetvaerket/posts/write/"),
    ("administrator", "/partnerskaber/vandnetvaerket/rum/medlemmer/", "/en/partnerships/vandnetvaerket/room/members/"),
    ("administrator", "/partnerskaber/vandnetvaerket/moeder/", "/en/partnerships/vandnetvaerket/meetings/"),
    ("administrator", "/partnerskaber/vandnetvaerket/moeder/1/", "/en/partnerships/vandnetvaerket/meetings/1/"),
    ("administrator", "/partnerskaber/vandnetvaerket/moeder/2/", "/en/partnerships/vandnetvaerket/meetings/2/"),
    (
        "administrator",
        "/partnerskaber/vandnetvaerket/moeder/indkald/",
        "/en/partnerships/vandnetvaerket/meetings/call/",
    ),
    (
        "administrator",
        "/partnerskaber/vandnetvaerket/moeder/2/ret/",
        "/en/partnerships/vandnetvaerket/meetings/2/edit/",
    ),
    (
        "administrator",
        "/partnerskaber/vandnetvaerket/moeder/1/referat/",
        "/en/partnerships/vandnetvaerket/meetings/1/minutes/",
    ),
    ("administrator", "/partnerskaber/vandnetvaerket/dokumenter/", "/en/partnerships/vandnetvaerket/documents/"),
    ("administrator", "/partnerskaber/vandnetvaerket/dokumenter/1/", "/en/partnerships/vandnetvaerket/documents/1/"),
    (
        "administrator",
        "/partnerskaber/vandnetvaerket/dokumenter/del/",
        "/en/partnerships/vandnetvaerket/documents/share/",
    ),
    (
        "administrator",
        "/partnerskaber/vandnetvaerket/dokumenter/1/for-alle/",
        "/en/partnerships/vandnetvaerket/documents/1/for-everyone/",
    ),
    ("member", "/mit/kalender/", "/en/desk/calendar/"),
    ("member", "/organisationer/novonesis/hoer-til/", "/en/organisations/novonesis/join/"),
    ("member", "/konto/email/", "/en/account/email/"),
    ("member", "/konto/logout/", "/en/account/logout/"),
]

# Pages that fewer open, looked at on a telephone in Danish, each by somebody who may.
RARER = {
    "": [
        "/partnerskaber/bioraffinering-anden-generation/",
        "/partnerskaber/vandnetvaerket/vedtaegter/",
        "/partnerskaber/vandnetvaerket/alle-medlemmer/",
    ],
    "member": [
        "/partnerskaber/foreslaa/",
        "/mit/beskeder/",
        "/mit/profil/forlad/",
        "/mit/foelger/topic/1/",
        "/personer/anna-eksempelsen/besked/",
        "/personer/anna-eksempelsen/anmeld/",
        "/organisationer/novonesis/overtag/",
    ],
    "company": [
        "/organisationer/fjordbryg/logo/",
        "/organisationer/fjordbryg/overdragelse/",
        "/organisationer/fjordbryg/historik/",
        "/organisationer/fjordbryg/bekraeft/",
        "/organisationer/fjordbryg/personer/",
        "/organisationer/fjordbryg/personer/indlaes/",
        "/organisationer/fjordbryg/overdragelse/",
        "/organisationer/fjordbryg/anmodninger/5/",
        "/partnerskaber/varme-paa-tvaers/ansoegninger/6/",
        "/partnerskaber/vandnetvaerket/medlemskaber/19/",
    ],
    "administrator": [
        "/partnerskaber/vandnetvaerket/indstillinger/",
        "/partnerskaber/vandnetvaerket/indstillinger/siden/",
        "/partnerskaber/vandnetvaerket/indstillinger/soeger/",
        "/partnerskaber/vandnetvaerket/indstillinger/medlemstyper/",
        "/partnerskaber/vandnetvaerket/indstillinger/vedtaegter/",
        "/partnerskaber/vandnetvaerket/indstillinger/hverv/",
        "/partnerskaber/vandnetvaerket/indstillinger/hverv/1/",
        "/partnerskaber/vandnetvaerket/indstillinger/status/",
        "/partnerskaber/vandnetvaerket/ansoegninger/7/",
        "/partnerskaber/varme-paa-tvaers/optagelse/",
        "/partnerskaber/varme-paa-tvaers/optagelse/spoergsmaal/",
        "/partnerskaber/vandnetvaerket/dokumenter/1/ny-version/",
        "/partnerskaber/vandnetvaerket/dokumenter/1/ret/",
        "/partnerskaber/vandnetvaerket/moeder/2/aflys/",
        "/partnerskaber/vandnetvaerket/opslag/12/for-alle/",
    ],
    "facilitator": [
        "/partnerskaber/byggematerialer-i-kredsloeb/forslag/",
        "/mit/anmeldelser/",
    ],
    "editor": [
        "/organisationer/argo/bekraeft/",
        "/organisationer/argo/laeg-sammen/",
        "/organisationer/argo/tag-ned/",
    ],
}


DANISH, ENGLISH = 360, 1440
"""At which width axe looks: the two differ in their words alone, so that each template is looked at narrow and wide. Too wide
nothing may be anywhere."""
NARROW = 320
OPTIONS = {"resultTypes": ["violations"], "preload": False}
"""No rule that is on by default reads style sheets a second time."""


def faults_of(page):
    """What axe finds as the page stands, and how far one would have to scroll to the side."""
    return found_by_axe(page) + too_wide(page)


def faults_at(page, *widths):
    """The same at each of these widths, and nothing wider than a narrow screen."""
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        faults += faults_of(page)
    for width in {360, NARROW} - set(widths):
        page.set_viewport_size({"width": width, "height": 900})
        faults += too_wide(page)
    page.set_viewport_size({"width": widths[0], "height": 900})
    return faults


def found_by_axe(page):
    return [
        (page.url, page.viewport_size["width"], violation["id"], node["target"], node["html"][:120])
        for violation in Axe().run(page, options=OPTIONS).response["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [(page.url, f"{wide} px wider than {page.viewport_size['width']}")] if wide > 0 else []


def assert_none(faults):
    assert not faults, "\n".join(map(str, faults))


def test_public_pages(visitor):
    page, faults = visitor(), []
    for danish, english in PUBLIC:
        page.goto(danish)
        faults += faults_at(page, DANISH)
        page.goto(english)
        faults += faults_at(page, ENGLISH)
    assert_none(faults)


@pytest.mark.parametrize("who", sorted({who for who, *_ in SIGNED_IN}))
def test_pages_of_those_who_take_part(visitor, who):
    page, faults = visitor(who=who), []
    for one, danish, english in SIGNED_IN:
        if one == who:
            for address, width in ((danish, DANISH), (english, ENGLISH)):
                assert page.goto(address).status == 200, address
                faults += faults_at(page, width)
    assert_none(faults)


def test_pages_that_fewer_open(visitor):
    faults = []
    for who, addresses in RARER.items():
        page = visitor(width=360, who=who)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.evaluate("document.querySelectorAll('main details').forEach(one => (one.name = '', one.open = true))")
            faults += faults_of(page)
    assert_none(faults)


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["danish", "english"])
def test_things_that_are_reached_by_their_links(visitor, prefix):
    page, faults = visitor(who="administrator"), []
    desk, partnerships, goals = (
        ("/mit/", "/partnerskaber", "/maal") if not prefix else ("/desk/", "/partnerships", "/goals")
    )
    found = [
        (f"{prefix}{desk}", f"main a[href*='{'ansoegninger' if not prefix else 'applications'}']"),
        (f"{prefix}{partnerships}/vandnetvaerket/", f"main a[href*='{'/opslag/' if not prefix else '/posts/'}']"),
        (f"{prefix}{goals}/", f"main a[href^='{prefix}{goals}/']"),
    ]
    for address, link in found:
        page.goto(address)
        assert page.goto(page.locator(link).first.get_attribute("href")).status == 200
        faults += faults_at(page, ENGLISH if prefix else DANISH)
    assert_none(faults)


def test_forms_with_errors(visitor):
    page, faults = visitor(who="company"), []
    for address, button in (
        ("/organisationer/registrer/", "Registrer"),
        ("/partnerskaber/halm-gylle-og-gas/ansoeg/", "Send ansøgningen"),
        ("/partnerskaber/vandnetvaerket/opslag/skriv/", "Del"),
    ):
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        assert page.locator(".form-error-message").count() > 0, address
        faults += faults_at(page, DANISH, ENGLISH)
    assert_none(faults)


def test_the_keyboard_reaches_the_content_and_the_menu(visitor):
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.goto("/")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert outline != "none" or shadow != "none", f"no visible focus on {reached[-1]}"
    assert {"/cases/", "/partnerskaber/", "/organisationer/"} <= set(reached)


def test_everything_works_without_scripts(visitor):
    page = visitor(scripts=False, width=360)
    page.goto("/")
    page.get_by_label("Søg i cases").fill("gips")
    page.get_by_role("button", name="Søg", exact=True).click()
    assert page.locator("[data-kind=story]").count() > 0
    page.locator("details.s-facets > summary").click()
    page.locator("#filters").get_by_label("Case", exact=False).first.check()
    page.get_by_role("button", name="Brug filtre").click()
    assert "kind=story" in page.url
    page.locator(".s-header__menu > summary").click()
    page.get_by_role("link", name="Partnerskaber").first.click()
    assert page.url.endswith("/partnerskaber/")


def test_filters_are_live_with_scripts_and_keep_the_address(visitor):
    page = visitor()
    page.goto("/soeg/?q=varme")
    before = page.locator("h1").inner_text()
    with page.expect_response(lambda answer: "kind=story" in answer.url):
        page.locator("#filters").get_by_label("Case", exact=False).first.check()
    page.wait_for_function("text => document.querySelector('h1').innerText !== text", arg=before)
    assert "kind=story" in page.url
    assert page.locator("html").count() == 1
    page.go_back()
    page.wait_for_function("text => document.querySelector('h1').innerText === text", arg=before)


def test_no_script_or_style_is_refused_by_the_policy(visitor):
    page, refused = visitor(), []
    page.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))
    for address in (
        "/",
        "/cases/halm-til-bioethanol/",
        "/soeg/?q=varme",
        "/partnerskaber/vandnetvaerket/",
        "/konto/login/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert refused == []
