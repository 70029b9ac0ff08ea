import pytest
from django.core.validators import validate_slug

from partnerships.models import Organisation, Topic
from partnerships.slugs import free_slug
from tests.factories import make_organisation, make_topic

pytestmark = pytest.mark.django_db


def taken(slug):
    Organisation.objects.filter(pk=make_organisation().pk).update(slug=slug)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Rødgrød på Ærø", "roedgroed-paa-aeroe"),
        ("ÅRHUS A/S", "aarhus-as"),
        ("Håb & Vilje – nu!", "haab-vilje-nu"),
        ("Malmö Äpple", "malmoe-aepple"),
        ("   ", "navn"),
        ("北京", "navn"),
        ("\x00\ud800", "navn"),
        ("../../etc", "etc"),
        ("register", "register-2"),
        ("Registrer", "registrer-2"),
    ],
)
def test_name_becomes_an_address_a_dane_can_read(name, slug):
    assert free_slug(Organisation, name) == slug
    validate_slug(slug)


def test_next_free_number_is_taken():
    taken("vand")
    assert free_slug(Organisation, "Vand") == "vand-2"
    taken("vand-2")
    taken("vand-4")
    assert free_slug(Organisation, "Vand") == "vand-3"


def test_beginning_of_another_address_is_not_taken():
    taken("vandvaerket")
    assert free_slug(Organisation, "Vand") == "vand"


def test_each_model_has_its_own_addresses():
    Topic.objects.filter(pk=make_topic().pk).update(slug="vand")
    assert free_slug(Organisation, "Vand") == "vand"


def test_address_with_a_number_fits_the_shortest_field():
    long = "x" * 200
    for _ in range(12):
        slug = free_slug(Organisation, long)
        taken(slug)
        assert len(slug) <= Topic._meta.get_field("slug").max_length
