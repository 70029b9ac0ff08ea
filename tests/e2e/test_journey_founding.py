"""Found a partnership: propose it, have it opened, set it up, say whom it seeks, and see it where others look."""

from .test_accessibility import faults_of
from .test_journeys import press


def test_found_a_partnership(visitor):
    carla, dorte, anyone = visitor(who="company"), visitor(who="facilitator"), visitor(width=360)
    carla.goto("/partnerskaber/")
    carla.get_by_role("link", name="Foreslå et partnerskab").click()
    carla.get_by_label("Partnerskabets navn").fill("Kølevand i kredsløb")
    carla.get_by_label("Hvad vil I sammen?").fill("Vi vil bruge hinandens lunkne kølevand.")
    carla.get_by_label("Hvor kan man skrive til jer?").fill("koelevand@example.org")
    carla.get_by_label("Hvem er ansvarlig?").select_option(label="Fjordegnens Ressourceforening (eksempel)")
    faults = faults_of(carla)
    press(carla, "Send forslaget")
    assert carla.get_by_text("Foreslået", exact=True).first.is_visible()
    address = carla.url.removesuffix("forslag/")
    assert anyone.goto(address).status == 404

    dorte.goto("/mit/")
    dorte.get_by_role("link", name="Åbn Kølevand i kredsløb er foreslået som partnerskab").click()
    dorte.locator("summary", has_text="Åbn det").first.click()
    faults += faults_of(dorte)
    press(dorte, "Åbn partnerskabet")

    carla.goto(f"{address}indstillinger/")
    faults += faults_of(carla)
    carla.get_by_role("link", name="Hvem I søger").click()
    carla.get_by_label("Hvem søger I?").fill("Et gartneri")
    carla.get_by_label("Hvorfor?").fill("Det lunkne vand kan varme et drivhus.")
    faults += faults_of(carla)
    press(carla, "Gem")
    for part in ("siden", "medlemstyper", "hverv", "vedtaegter", "status"):
        carla.goto(f"{address}indstillinger/{part}/")
        faults += faults_of(carla)

    anyone.goto(address)
    assert anyone.get_by_text("Et gartneri").is_visible()
    faults += faults_of(anyone)
    anyone.goto("/partnerskaber/?q=kølevand")
    assert anyone.get_by_role("link", name="Kølevand i kredsløb", exact=True).is_visible()
    assert faults == []
