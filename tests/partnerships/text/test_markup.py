"""Whatever people type, only a few harmless elements come out, and ordinary words come out whole.

The check is our own: what is left must match a small grammar, character by character, with the standard library's
parser as a second reader. No sanitiser judges itself here.
"""

import html
import re
import time
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.text import markup
from partnerships.text.markup import TextRefused, TextTooDeep, TextTooLong, clean_source, is_safe_link, render, sanitise

ELEMENTS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
REL = "nofollow ugc noopener"
OPEN = re.compile(r"""<(/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)>""")
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
SECONDS = 10


def read(line):
    """One line of the file, with its escapes."""
    named = {"n": "\n", "t": "\t", "\\": "\\"}
    pattern = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([nt\\]))")
    return pattern.sub(lambda m: named[m[3]] if m[3] else chr(int(m[1] or m[2], 16)), line)


FILE = Path(__file__).with_name("hostile.txt").read_text()
HOSTILE = [read(line) for line in FILE.splitlines() if line and not line.startswith("# ")]


def may_be_followed(address):
    """What a browser would do with it: it takes out tabs and line ends, and reads a backslash as a slash."""
    seen = re.sub("[\t\n\r]", "", html.unescape(address)).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if re.fullmatch(r"/(?!/).*", seen):
        return True
    if re.fullmatch(r"mailto:[^@?&,:<>\s]+@[^@?&,:<>\s]+", seen, re.I):
        return True
    return bool(re.fullmatch(r"https?://[^/@?#\s]+([/?#].*)?", seen, re.I))


class Elements(HTMLParser):
    """Collects what a parser sees, and everything that should not be there at all."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen, self.open, self.strange = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_comment(self, data):
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(made):
    rest = OPEN.sub("", made)
    assert "<" not in rest, made
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", made)
    for closing, name, attributes in OPEN.findall(made):
        assert name in ELEMENTS
        _assert_attributes(name if not closing else "/", dict(ATTRIBUTE.findall(attributes)))
    reader = Elements()
    reader.feed(made)
    reader.close()
    assert reader.strange == []
    assert reader.open == []
    for tag, attributes in reader.seen:
        assert tag in ELEMENTS
        _assert_attributes(tag, attributes)


def _assert_attributes(tag, attributes):
    assert set(attributes) <= ({"href", "title", "rel"} if tag == "a" else set())
    assert attributes.get("rel", REL) == REL
    assert tag != "a" or "rel" in attributes
    assert "href" not in attributes or may_be_followed(attributes["href"]), attributes


def test_there_are_enough_hostile_texts():
    assert len(set(HOSTILE)) >= 150


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_out_harmless(text):
    assert_harmless(render(text))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_html_comes_out_harmless_and_stays_as_it_is(text):
    """The sanitiser by itself, as if the Markdown before it let raw HTML through."""
    once = sanitise(text.replace("\x00", "").encode("utf-8", "ignore").decode())
    assert_harmless(once)
    assert sanitise(once) == once


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_within_other_text_comes_out_harmless(text):
    for frame in (
        "Før {} efter",
        "> {}",
        "1. {}\n2. x",
        "**{}**",
        "[{}](https://example.org)",
        "`{}",
        '<p title="{}">',
    ):
        assert_harmless(render(frame.replace("{}", text)))


PIECES = st.sampled_from(
    [
        *HOSTILE,
        *(
            "<",
            ">",
            '"',
            "'",
            "&",
            "#",
            ";",
            "`",
            "*",
            "_",
            "[",
            "]",
            "(",
            ")",
            "\\",
            "\n",
            "\n\n",
            "  ",
            "- ",
            "> ",
            "1. ",
        ),
        *("<a href=", "</a>", "<p", "/>", "javascript:", "https://", "&#", "\x00", "\u2028", "\ud800", "æøå", "x"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join))
def test_no_mixture_comes_out_harmful(text):
    try:
        made = render(text)
    except TextRefused:
        return
    assert_harmless(made)
    assert sanitise(made) == made


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_source_once_cleaned_stays_as_it_is(text):
    assert clean_source(clean_source(text)) == clean_source(text)


# How much, how deep, how long


FILLERS = {
    "brackets": "[",
    "links that do not end": "[a](",
    "angles": "<",
    "stars": "*",
    "strong": "**a",
    "backticks": "`\n",
    "lists": "- a\n",
    "backslashes": "\\",
    "digits": "1",
    "fences": "```\n",
    "deep lists": "- " * 15 + "x\n",
    "deep quotations": "> " * 30 + "x\n",
}


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_text_at_the_cap_is_done_in_time(filler):
    text = (filler * markup.MOST_BYTES)[: markup.MOST_BYTES - 1] + "x"
    began = time.process_time()
    made = render(text)
    assert time.process_time() - began < SECONDS
    assert_harmless(made)


def test_text_over_the_cap_is_refused_in_bytes_not_characters():
    assert render("x" * markup.MOST_BYTES)
    with pytest.raises(TextTooLong):
        render("x" * (markup.MOST_BYTES + 1))
    with pytest.raises(TextTooLong):
        render("æ" * (markup.MOST_BYTES // 2 + 1))


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000,
        "> " * 40 + "x",
        "- " * 40 + "x",
        "1. " * 40 + "x",
        "> - " * 20 + "x",
        "\n".join("  " * depth + "- x" for depth in range(100)),
        "\n".join("   " * depth + "1. x" for depth in range(100)),
    ],
)
def test_text_that_is_too_deep_is_refused(text):
    with pytest.raises(TextTooDeep):
        render(text)


@pytest.mark.parametrize("indent", ["  ", "   ", "    "])
def test_no_word_is_lost_in_lists_within_lists(indent):
    """Words are shown or the text is refused; they never vanish in silence."""
    for depth in range(1, 40):
        text = "\n".join(f"{indent * level}- ord{level}" for level in range(depth))
        try:
            made = render(text)
        except TextTooDeep:
            assert depth > 12
            continue
        assert all(f"ord{level}" in made for level in range(depth))


# Ordinary words


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Første.\n\nAndet.", "<p>Første.</p>\n<p>Andet.</p>\n"),
        ("En linje\nen til", "<p>En linje\nen til</p>\n"),
        ("Åben **dør** og *rødgrød* på øen", "<p>Åben <strong>dør</strong> og <em>rødgrød</em> på øen</p>\n"),
        ("- et\n- to", "<ul>\n<li>et</li>\n<li>to</li>\n</ul>\n"),
        ("1. et\n2. to", "<ol>\n<li>et</li>\n<li>to</li>\n</ol>\n"),
        ("> citat", "<blockquote>\n<p>citat</p>\n</blockquote>\n"),
        ("35 °C < 40 °C & stigende", "<p>35 °C &lt; 40 °C &amp; stigende</p>\n"),
        ('Han sagde "nej" – 5 € for 2 m³ CO₂', '<p>Han sagde "nej" – 5 € for 2 m³ CO₂</p>\n'),
        ("# Ikke en overskrift", "<p># Ikke en overskrift</p>\n"),
        ("Rap\r\nlinje\rend", "<p>Rap\nlinje\nend</p>\n"),
        ("Familien 👩‍👧 🇩🇰", "<p>Familien 👩‍👧 🇩🇰</p>\n"),
        ("", ""),
    ],
)
def test_ordinary_words_are_shown_as_meant(typed, shown):
    assert render(typed) == shown


def test_drawn_line_is_no_nesting():
    for line in ("-" * 60, "*" * 60, "=" * 60, "+" * 60, "_" * 60):
        assert line in render(f"Før\n\n{line}\n\nEfter")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/sti?a=1&b=2#her",
        "http://example.org:8000/",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org/rødgrød/(med)-fløde",
        "https://kalundborg.dk/a/b@c",
        "/partnerskaber/vand/",
        "mailto:miljo@kalundborg.dk",
    ],
)
def test_honest_link_stays_and_passes_nothing_on(address):
    made = render(f"[læs](<{address}>)")
    assert 'rel="nofollow ugc noopener"' in made
    assert ' href="' in made
    assert_harmless(made)


@pytest.mark.parametrize(
    "address",
    ["javascript:123", "//example.org", "https://a@example.org", "http://[", "", "x", "#x", "?x"],
)
def test_link_that_could_mislead_keeps_its_words_alone(address):
    assert not is_safe_link(address)
    made = render(f"[læs mere](<{address}>)")
    assert "href" not in made
    assert "læs mere" in made


def test_decomposed_letters_become_one():
    assert clean_source(unicodedata.normalize("NFD", "Åbenrå på øen")) == "Åbenrå på øen"


def test_cleaned_html_as_plain_words():
    assert markup.plain_text(render("Et **ord**\n\n- to\n- tre &lt;b&gt;")) == "Et ord to tre <b>"


def test_the_check_itself_sees_what_is_harmful():
    for harmful in (
        "<script>x</script>",
        '<p onclick="x">x</p>',
        '<a href="javascript:1" rel="nofollow ugc noopener">x</a>',
        '<a href="//x" rel="nofollow ugc noopener">x</a>',
        '<a href="https://x">x</a>',
        "<p><!-- x --></p>",
        "<p>x",
        "<p>x</ul>",
        "<P>x</P>",
        "<img src=x",
    ):
        with pytest.raises(AssertionError):
            assert_harmless(harmful)


def test_plain_text_parts_lines_and_no_words():
    assert markup.plain_text("<p>Spar <mark>vand</mark>, ikke varme.</p><p>Til &amp; fra<br>her</p>") == (
        "Spar vand, ikke varme. Til & fra her"
    )
