"""What people paste is read line by line."""

import pytest

from partnerships.addresses import pasted


@pytest.mark.parametrize(
    ("line", "email", "name"),
    [
        ("anna@example.org", "anna@example.org", ""),
        ("  Anna.Berg@Example.ORG ", "anna.berg@example.org", ""),
        ("Anna Berg <anna@example.org>", "anna@example.org", "Anna Berg"),
        ('"Berg, Anna" <anna@example.org>;', "anna@example.org", "Berg, Anna"),
        ("anna@example.org; Anna Berg", "anna@example.org", "Anna Berg"),
        ("anna@example.org\tAnna Berg", "anna@example.org", "Anna Berg"),
        ("mailto:anna@example.org", "anna@example.org", ""),
        ("anna@example.org.", "anna@example.org", ""),
        ("Anna Berg", "", ""),
        ("anna@", "", ""),
        ("anna@localhost@example", "", ""),
        ("@example.org", "", ""),
        ("a" * 250 + "@example.org", "", ""),
        ("anna@example.org\x00", "", ""),
    ],
)
def test_a_line_gives_an_address_and_a_name(line, email, name):
    [one] = pasted(line)
    assert (one.email, one.name) == (email, name)


def test_a_line_copied_from_a_mail_programs_receivers_gives_each():
    line = "Anna Berg <anna@example.org>; 'Bo' <bo@example.org>, c@example.org"
    assert [(one.number, one.email, one.name) for one in pasted(line)] == [
        (1, "anna@example.org", "Anna Berg"),
        (1, "bo@example.org", "Bo"),
        (1, "c@example.org", ""),
    ]


def test_empty_lines_are_passed_over_and_lines_keep_their_number():
    assert [(one.number, one.email) for one in pasted("\n a@example.org\r\n \n;\nb@example.org\n")] == [
        (2, "a@example.org"),
        (5, "b@example.org"),
    ]
