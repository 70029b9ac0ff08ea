"""Numbers that are nobody's: made from days and the rule, never copied from a person."""

import random
from datetime import UTC, datetime

import pytest

from partnerships import clock
from partnerships.services import dialogue, people
from partnerships.services.refusals import Invalid
from partnerships.text.personal_numbers import WEIGHTS, found_in
from tests.factories import make_partnership, make_person


def kinds(text):
    return [number.certain for number in found_in(text)]


def test_one_last_digit_in_ten_or_none_satisfies_the_rule():
    assert [kinds(f"010101002{last}") for last in range(10)].count([True]) <= 1
    assert sum(weight * int(digit) for weight, digit in zip(WEIGHTS, CERTAIN, strict=True)) % 11 == 0


CERTAIN = next(number for number in (f"010101{tail:04}" for tail in range(1000)) if kinds(number) == [True])


@pytest.mark.parametrize(
    "shape",
    [
        "{d}{t}",
        "{d}-{t}",
        "{d} {t}",
        "{d} - {t}",
        "{d}\u2013{t}",
        "{d}\u2011{t}",
        "{d}\u2212{t}",
        "{d}\u00a0{t}",
        "{d}\u2009{t}",
        "{d}\u200b{t}",
        "{d}-\u00ad{t}",
        "{d}.{t}",
        "cpr{d}{t}",
        "Min mors nummer er {d}-{t}, ring bare.",
        "({d}-{t})",
        "**{d}-{t}**",
        "https://example.org/{d}{t}/",
    ],
)
def test_every_way_of_writing_it_is_found(shape):
    assert kinds(shape.format(d=CERTAIN[:6], t=CERTAIN[6:])) == [True]


def test_digits_of_other_scripts_are_digits():
    assert kinds("".join(chr(ord("０") + int(digit)) for digit in CERTAIN)) == [True]
    assert kinds("".join(chr(ord("٠") + int(digit)) for digit in CERTAIN)) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring på 59 53 44 00 eller +45 5953 4400",
        "+4512345678",
        "CVR 61056416",
        "CVR: 61 05 64 16",
        "EAN 5798000123456",
        "3213010007",  # the 32nd of a 13th month
        "0001010007",
        "3102900007",  # 31 February
        "2902000007",  # 1900 was no leap year
        "0101010007123",
        "1230101010007",
        "010101/0007",
        "12. december 2024 kl. 14.30",
        "2024-12-24 10:15",
        "31.000.000 m³ og 1.234.567.890 kr.",
        "Matrikel 12a, 4400",
    ],
)
def test_other_numbers_are_not(text):
    assert kinds(text) == []


def test_day_alone_makes_it_possible_not_certain():
    assert kinds("j.nr. 010203-2024") == [False]


@pytest.mark.parametrize(
    ("digits", "is_a_day"),
    [
        ("2902004000", True),  # 2000 was a leap year
        ("2902000000", False),
        ("0101579000", True),  # 1957
        ("0101585000", True),  # 1858
        ("0101369000", False),  # 2036 has not come
        ("2411264000", True),  # today
        ("2511264000", False),  # tomorrow
    ],
)
def test_seventh_digit_says_the_century_and_nobody_is_born_tomorrow(digits, is_a_day):
    with clock.at(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        assert bool(kinds(digits)) is is_a_day


def test_three_percent_of_ten_random_digits_have_a_day_and_a_tenth_of_those_are_certain():
    chance = random.Random(4400)
    found = [kinds(f"{chance.randrange(10**10):010}") for _ in range(20_000)]
    days = sum(map(bool, found)) / len(found)
    certain = sum(found == [True] for found in found) / len(found)
    assert 0.025 < days < 0.037
    assert 0.001 < certain < 0.005


def test_it_is_never_shown_in_full():
    shown = "".join(number.masked for number in found_in(f"{CERTAIN} og 010203-2024"))
    assert CERTAIN[4:] not in shown
    assert "2024" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize("number", [CERTAIN, "010203-2024"])
def test_what_others_read_is_refused_and_says_where(number):
    head = make_person()
    partnership = make_partnership(administrator=head)
    fields = {"title": "Nyt", "body": "Vi måler.", "audience": "public"}
    for field in ("title", "body"):
        with pytest.raises(Invalid) as refused:
            dialogue.publish_post(partnership=partnership, actor=head.user, **{**fields, field: f"Se {number}."})
        assert refused.value.field == field
        assert number not in str(refused.value.message)
    for field in ("headline", "expertise"):
        with pytest.raises(Invalid) as refused:
            people.update_profile(profile=head, actor=head.user, name="Carla", **{field: number})
        assert refused.value.field == field


@pytest.mark.django_db
def test_certain_and_possible_are_explained_differently():
    head = make_person()
    messages = set()
    for number in (CERTAIN, "010203-2024"):
        with pytest.raises(Invalid) as refused:
            people.update_profile(profile=head, actor=head.user, name=number)
        messages.add(str(refused.value.message).partition(":")[0])
    assert len(messages) == 2
