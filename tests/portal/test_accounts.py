"""Getting an account, signing in, forgetting a password: as a person meets it, with the mails that lead on."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partnerships.models import OutgoingMail, Profile
from tests.cms_pages import make_site
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PASSWORD = "et langt kodeord"
NEWCOMER = {"name": "Nora Ny Nabosen", "email": "nora@example.org", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def site():
    cache.clear()
    make_site()


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Posts a form of an account page by its name; mails go out as they do after a commit."""

    def post(name, fields, by=client, language="da"):
        with translation.override(language):
            path = name if name.startswith("/") else reverse(name)
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(path, fields)

    return post


def known(email="kim@example.org", verified=True):
    person = make_person("Kim Kendt")
    person.user.email = email
    person.user.set_password(PASSWORD)
    person.user.save()
    EmailAddress.objects.create(user=person.user, email=email, verified=verified, primary=True)
    return person.user


def signed_in(client):
    return "_auth_user_id" in client.session


def link_in(letter):
    links = [link for link in re.findall(r"https?://\S+", letter.body) if link.rstrip("/") != settings.SITE_URL]
    assert len(links) == 1
    assert links[0].startswith(f"{settings.SITE_URL}/")
    return links[0].removeprefix(settings.SITE_URL)


def test_from_sign_up_through_the_mail_to_where_one_was_going(client, send, mailoutbox):
    wanted = reverse("partnerships:organisation_register")
    answer = send("account_signup", {**NEWCOMER, "next": wanted})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not signed_in(client)
    path = link_in(mailoutbox[0])
    assert parse_qs(urlsplit(path).query) == {"next": [wanted]}
    page = client.get(path).content.decode()
    assert f'name="next" value="{wanted}"' in page
    confirmed = send(urlsplit(path).path, {"next": wanted})
    assert confirmed["Location"] == wanted
    assert signed_in(client)
    user = get_user_model().objects.get(email=NEWCOMER["email"])
    assert (user.first_name, user.last_name, user.profile.name) == ("Nora Ny", "Nabosen", "Nora Ny Nabosen")
    assert not user.profile.consents.exists()


def test_the_link_opened_in_another_browser_confirms_and_asks_for_the_password(client, send, mailoutbox):
    send("account_signup", {**NEWCOMER, "next": reverse("desk")})
    elsewhere = Client()
    confirmed = send(urlsplit(link_in(mailoutbox[0])).path, {"next": reverse("desk")}, by=elsewhere)
    assert confirmed["Location"] == reverse("desk")
    assert not signed_in(elsewhere)
    assert EmailAddress.objects.get(email=NEWCOMER["email"]).verified


def test_following_the_link_alone_confirms_nothing(client, send, mailoutbox):
    """Mail scanners follow links."""
    send("account_signup", NEWCOMER)
    client.get(link_in(mailoutbox[0]))
    assert not EmailAddress.objects.get(email=NEWCOMER["email"]).verified


def test_nobody_gets_in_before_the_address_is_confirmed(client, send):
    send("account_signup", NEWCOMER)
    answer = send("account_login", {"login": NEWCOMER["email"], "password": PASSWORD})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not signed_in(client)


@pytest.mark.parametrize("missing", ["name", "email", "password1"])
def test_sign_up_asks_for_name_address_and_password(send, missing):
    answer = send("account_signup", {**NEWCOMER, missing: ""})
    assert answer.status_code == 200
    assert missing in answer.context["form"].errors
    assert not get_user_model().objects.filter(email=NEWCOMER["email"]).exists()


@pytest.mark.parametrize("password", ["kort", "1234567890", "nora@example.org", "password123"])
def test_weak_passwords_are_refused(send, password):
    answer = send("account_signup", {**NEWCOMER, "password1": password})
    assert "password1" in answer.context["form"].errors


def test_signing_in_leads_on(client, send):
    known()
    wanted = reverse("partnerships:partnership_list")
    answer = send("account_login", {"login": "kim@example.org", "password": PASSWORD, "next": wanted})
    assert answer["Location"] == wanted
    assert signed_in(client)


def test_signing_in_does_not_mind_capitals_and_gives_a_new_session(client, send):
    known()
    client.get(reverse("account_login"))
    before = client.session.session_key
    answer = send("account_login", {"login": "KIM@Example.org", "password": PASSWORD})
    assert answer["Location"] == reverse("desk")
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, send):
    known()
    wrong = send("account_login", {"login": "kim@example.org", "password": "ikke det rigtige"})
    unknown = send("account_login", {"login": "ukendt@example.org", "password": "ikke det rigtige"})
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}
    assert _page(wrong, "kim@example.org") == _page(unknown, "ukendt@example.org")
    assert not signed_in(client)


def _page(response, email=""):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.replace(email, "SOMEBODY") if email else text


def test_signing_up_with_a_taken_address_looks_like_any_sign_up(send, mailoutbox):
    known()
    taken = send("account_signup", {**NEWCOMER, "email": "kim@example.org"})
    fresh = send("account_signup", NEWCOMER, by=Client())
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert [letter.subject for letter in mailoutbox] == ["Du har allerede en konto", "Bekræft din e-mailadresse"]
    assert get_user_model().objects.filter(email="kim@example.org").count() == 1


def test_a_reset_looks_the_same_for_known_and_unknown_addresses(send, mailoutbox):
    known()
    first, second = (send("account_reset_password", {"email": f"{name}@example.org"}) for name in ("kim", "ukendt"))
    assert first["Location"] == second["Location"] == reverse("account_reset_password_done")
    assert [letter.to for letter in mailoutbox] == [["kim@example.org"], ["ukendt@example.org"]]


def test_a_forgotten_password_is_chosen_anew_through_the_mail(client, send, mailoutbox):
    user = known()
    send("account_reset_password", {"email": user.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    path = form.redirect_chain[-1][0]
    send(path, {"password1": "et helt andet kodeord", "password2": "et helt andet kodeord"})
    user.refresh_from_db()
    assert user.check_password("et helt andet kodeord")
    used = Client().get(link_in(mailoutbox[0]), follow=True)
    assert used.context.get("token_fail")
    assert reverse("account_reset_password") in used.content.decode()
    assert 'type="password"' not in used.content.decode()


def test_a_reset_ends_other_sessions(client, send, mailoutbox):
    user = known()
    elsewhere = Client()
    elsewhere.force_login(user)
    send("account_reset_password", {"email": user.email})
    path = client.get(link_in(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    send(path, {"password1": "et helt andet kodeord", "password2": "et helt andet kodeord"})
    assert elsewhere.get(reverse("desk")).status_code == 302


def test_a_code_by_mail_signs_in_without_a_password(client, send, mailoutbox):
    known()
    send("account_request_login_code", {"email": "kim@example.org"})
    code = re.search(r"^\S{5,12}$", mailoutbox[0].body, re.MULTILINE).group()
    assert send("account_confirm_login_code", {"code": "forkert"}).status_code == 200
    assert not signed_in(client)
    send("account_confirm_login_code", {"code": code})
    assert signed_in(client)


def test_a_new_address_is_used_once_its_mail_is_answered(client, send, mailoutbox):
    user = known()
    client.force_login(user)
    assert reverse("account_email") in client.get(reverse("profile")).content.decode()
    send("account_email", {"email": "ny@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "kim@example.org"
    page = client.get(reverse("account_email")).content.decode()
    assert "ny@example.org" in page
    assert 'name="action_send"' in page
    assert mailoutbox[0].to == ["ny@example.org"]
    send(urlsplit(link_in(mailoutbox[0])).path, {})
    user.refresh_from_db()
    assert user.email == "ny@example.org"
    assert [address.email for address in user.emailaddress_set.all()] == ["ny@example.org"]


def test_a_new_address_that_was_a_slip_is_given_up(client, send, mailoutbox):
    user = known()
    client.force_login(user)
    send("account_email", {"email": "slip@example.org", "action_add": ""})
    send("account_email", {"email": "slip@example.org", "action_remove": ""})
    assert [address.email for address in user.emailaddress_set.all()] == ["kim@example.org"]
    client.get(reverse("account_email"))  # Shows once what was done.
    assert "slip@example.org" not in client.get(reverse("account_email")).content.decode()


@pytest.mark.parametrize("usable", [True, False])
def test_a_password_is_changed_or_chosen_by_who_is_signed_in(client, send, usable):
    user = known()
    if not usable:
        user.set_unusable_password()
        user.save()
    client.force_login(user)
    name = "account_change_password" if usable else "account_set_password"
    form = client.get(reverse("account_change_password"), follow=True)
    assert form.status_code == 200
    assert form.request["PATH_INFO"] == reverse(name)
    new = {"password1": "et helt andet kodeord", "password2": "et helt andet kodeord"}
    send(name, {**new, "oldpassword": PASSWORD} if usable else new)
    user.refresh_from_db()
    assert user.check_password("et helt andet kodeord")


MAILS = {
    "sign-up": ("account_signup", NEWCOMER, "Bekræft din e-mailadresse", "Confirm your e-mail address"),
    "taken": (
        "account_signup",
        {**NEWCOMER, "email": "kim@example.org"},
        "Du har allerede en konto",
        "You have an account already",
    ),
    "reset": (
        "account_reset_password",
        {"email": "kim@example.org"},
        "Vælg en ny adgangskode",
        "Choose a new password",
    ),
    "unknown": (
        "account_reset_password",
        {"email": "ukendt@example.org"},
        "Der er ingen konto med denne adresse",
        "There is no account with this address",
    ),
    "code": (
        "account_request_login_code",
        {"email": "kim@example.org"},
        "Din kode til at logge ind",
        "Your code for logging in",
    ),
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", MAILS)
def test_mails_about_accounts_look_like_the_site(send, mailoutbox, kind, language):
    Profile.objects.filter(user=known()).update(mail_language=language)
    name, fields, danish, english = MAILS[kind]
    send(name, fields, language=language)
    letter = mailoutbox[0]
    html = letter.alternatives[0].content
    assert letter.subject == (danish if language == "da" else english)
    assert letter.from_email == settings.DEFAULT_FROM_EMAIL
    assert f'<html lang="{language}">' in html
    assert f"<h1>{letter.subject}</h1>" in html
    assert ("Hej" if language == "da" else "Hello") in letter.body or "Nora Ny" in letter.body or "Kim" in letter.body
    assert "\n--\n" in letter.body
    assert "testserver" not in letter.body + html
    for word in ("None", "example.com", "{{", "{%"):
        assert word not in letter.body + html


@pytest.mark.parametrize("kind", ["taken", "reset", "code"])
def test_whose_address_it_is_is_written_to_in_their_language_whatever_page_asked(send, mailoutbox, kind):
    Profile.objects.filter(user=known()).update(mail_language="en")
    name, fields, _danish, english = MAILS[kind]
    send(name, fields, language="da")
    assert mailoutbox[0].subject == english
    assert all("/en/" in link for link in re.findall(r"http://\S+/\S+", mailoutbox[0].body))


@pytest.mark.parametrize("language", ["da", "en"])
def test_who_signs_up_is_written_to_in_the_language_they_read_then(send, language):
    send("account_signup", NEWCOMER, language=language)
    assert Profile.objects.get(user__email=NEWCOMER["email"]).mail_language == language


NOTICES = {
    "password_changed": ("Din adgangskode er ændret", "Your password is changed"),
    "password_set": ("Du har fået en adgangskode", "You have a password now"),
    "password_reset": ("Du har valgt en ny adgangskode", "You have chosen a new password"),
    "email_changed": ("Din e-mailadresse er ændret", "Your e-mail address is changed"),
    "email_confirm": ("Din e-mailadresse er bekræftet", "Your e-mail address is confirmed"),
    "email_deleted": ("En e-mailadresse er fjernet", "An e-mail address is removed"),
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", NOTICES)
def test_what_was_changed_about_an_account_is_told_to_its_owner(
    rf, mailoutbox, kind, language, django_capture_on_commit_callbacks
):
    user = known()
    Profile.objects.filter(user=user).update(mail_language=language)
    more = {"from_email": "kim@example.org", "to_email": "ny@example.org", "deleted_email": "gammel@example.org"}
    with django_capture_on_commit_callbacks(execute=True), context.request_context(rf.get("/")):
        get_adapter().send_notification_mail(f"account/email/{kind}", user, more)
    (letter,) = mailoutbox
    html = letter.alternatives[0].content
    assert letter.subject == NOTICES[kind][language == "en"]
    assert f'<html lang="{language}">' in html
    assert f"<h1>{letter.subject}</h1>" in html
    assert ("Kære Kim" if language == "da" else "Dear Kim") in letter.body
    for word in ("127.0.0.1", "None", "example.com", "{{", "{%"):
        assert word not in letter.body + html


def test_links_in_mails_lead_to_the_configured_address_whatever_the_request_named(client, mailoutbox, settings, send):
    known()
    elsewhere = Client(headers={"host": "evil.example.org"})
    send("account_reset_password", {"email": "kim@example.org"}, by=elsewhere)
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].alternatives[0].content
    assert link_in(mailoutbox[0])


def test_a_form_that_failed_after_all_leaves_no_mail(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        client.post(reverse("account_signup"), NEWCOMER)
    assert mailoutbox == []
    assert OutgoingMail.objects.filter(address=NEWCOMER["email"], state=OutgoingMail.State.WAITING).count() == 1
    assert waiting


def test_only_a_post_logs_out(client):
    client.force_login(known())
    client.get(reverse("account_logout"))
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)


def test_the_session_of_a_closed_account_is_dead_at_once(client, send):
    user = known()
    client.force_login(user)
    assert client.get(reverse("desk")).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(reverse("desk")).status_code == 302
    answer = send("account_login", {"login": user.email, "password": PASSWORD}, by=Client())
    assert answer["Location"] == reverse("account_inactive")


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/", "/en/_util/login/"])
def test_wagtails_own_doors_lead_to_the_one_way_in(client, path):
    answer = client.get(f"{path}?next=/admin/pages/")
    to = urlsplit(answer["Location"])
    with translation.override("en" if path.startswith("/en/") else "da"):
        assert to.path == reverse("account_login")
    assert parse_qs(to.query) == {"next": ["/admin/pages/"]}


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/", "/en/_util/login/"])
def test_a_password_sent_to_wagtails_own_doors_signs_nobody_in(client, path):
    user = known()
    client.post(path, {"username": user.email, "login": user.email, "password": PASSWORD})
    assert not signed_in(client)


def test_guessing_a_password_is_stopped_even_when_it_is_right_at_last(client, send, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    known()
    for guess in range(3):
        send("account_login", {"login": "kim@example.org", "password": f"gæt {guess}"})
    send("account_login", {"login": "kim@example.org", "password": PASSWORD})
    assert not signed_in(client)


@pytest.mark.parametrize(("language", "start"), [("da", "Fejl: Log ind"), ("en", "Error: Log in")])
def test_an_account_form_with_errors_says_so_in_the_title(client, language, start):
    with translation.override(language):
        page = client.post(reverse("account_login"), {"login": "", "password": ""}).content.decode()
    assert f"<title>{start} |" in page


def test_the_way_to_a_new_password_is_shown_once(client):
    page = client.get(reverse("account_login")).content.decode()
    assert page.count(f'href="{reverse("account_reset_password")}"') == 1
