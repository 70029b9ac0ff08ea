"""How long a partnership takes, measured on its own decisions."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from partnerships import clock
from partnerships.answer_times import ENOUGH, MEASURED_ON, answer_time
from tests.factories import make_application, make_decision, make_organisation, make_partnership, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return make_partnership(administrator=make_person("Bo"))


def answered(partnership, days, *, promised=14, ago=100):
    """An application sent `ago` days ago and answered after some days."""
    sent = clock.now() - timedelta(days=ago)
    promised_day = timezone.localdate(sent) + timedelta(days=promised)
    application = make_application(
        partnership, make_organisation(), make_person(), sent=sent, promised=promised_day, state="accepted"
    )
    make_decision(application, partnership.seats.get().profile, decided=sent + timedelta(days=days))


def test_too_few_answers_say_nothing(partnership):
    for days in range(ENOUGH - 1):
        answered(partnership, days)
    make_application(partnership, make_organisation(), make_person())
    assert answer_time(partnership) is None


def test_median_is_not_moved_by_one_slow_answer(partnership):
    for days in (3, 4, 5, 6, 90):
        answered(partnership, days)
    measured = answer_time(partnership)
    assert (measured.days, measured.measured, measured.on_time) == (5, 5, 4)


def test_answer_on_the_promised_day_is_on_time(partnership):
    for days in (14, 14, 14, 14, 15):
        answered(partnership, days)
    assert answer_time(partnership).on_time == 4


def test_only_the_latest_answers_count(partnership):
    for number in range(MEASURED_ON):
        answered(partnership, 2, ago=50 + number)
    for _ in range(5):
        answered(partnership, 40, ago=1000)
    measured = answer_time(partnership)
    assert (measured.days, measured.measured) == (2, MEASURED_ON)


def test_days_are_those_where_the_portal_is(partnership):
    """Half past eleven in the evening in UTC is the next day here."""
    late = datetime(2026, 3, 9, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    for _ in range(ENOUGH):
        application = make_application(
            partnership,
            make_organisation(),
            make_person(),
            sent=late,
            promised=timezone.localdate(late),
            state="accepted",
        )
        make_decision(application, partnership.seats.get().profile, decided=late + timedelta(minutes=10))
    measured = answer_time(partnership)
    assert (measured.days, measured.on_time) == (0, ENOUGH)


def test_answers_of_others_are_not_measured(partnership):
    other = make_partnership(administrator=make_person())
    for days in range(5):
        answered(other, days)
    assert answer_time(partnership) is None
