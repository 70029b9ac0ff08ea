"""An organisation is registered and verified, by a mail to its own domain or by the municipality; people come from a list."""

import time

from .test_accessibility import assert_none, faults_of
from .test_journeys import link_in, mails, press


def register(page, name, **more):
    page.goto("/organisationer/registrer/")
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_label("Type").select_option(label="Virksomhed")
    for label, value in more.items():
        page.get_by_label(label).first.fill(value)
    press(page, "Registrer")
    assert page.get_by_role("heading", level=1).inner_text() == name


def test_an_organisation_is_verified_by_a_mail_to_its_domain_and_another_by_the_municipality(visitor, portal):
    number, faults = time.monotonic_ns(), []
    domain = f"rosenbryg{number}.example"
    owner = visitor(who="company", width=360)
    register(owner, f"Rosenbryg {number}", Hjemmeside=f"https://www.{domain}")
    faults += faults_of(owner)
    owner.get_by_role("link", name="Bekræft organisationen").click()
    owner.get_by_label("E-mailadresse på organisationens domæne").fill(f"post@{domain}")
    faults += faults_of(owner)
    press(owner, "Send linket")
    owner.goto(link_in(mails(portal, f"post@{domain}")[0], "bekraeft"))
    faults += faults_of(owner)
    press(owner, "Ja, jeg handler for den")
    assert owner.get_by_text(f"med en mail til {domain}").first.is_visible()

    register(owner, f"Havnebryg {number}")
    path = owner.url
    editor = visitor(who="editor")
    editor.goto(path)
    editor.get_by_role("link", name="Bekræft organisationen").click()
    faults += faults_of(editor)
    press(editor, "Bekræft på kommunens vegne")
    assert editor.get_by_text("Bekræftet organisation").first.is_visible()

    owner.goto(f"{path}personer/")
    faults += faults_of(owner)
    owner.get_by_role("link", name="Tilføj mange fra en liste").click()
    owner.get_by_label("Eller sæt linjerne ind").fill("Navn;E-mail;Rolle\nAsta Ny;asta@example.org;Redaktør")
    press(owner, "Se, hvad der ville ske")
    faults += faults_of(owner)
    press(owner, "Læs listen ind")
    assert owner.get_by_text("Listen er læst ind.").first.is_visible()
    assert_none(faults)
