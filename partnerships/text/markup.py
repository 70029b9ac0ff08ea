"""Text that people type becomes safe HTML here and nowhere else: the only file that imports bleach and nh3.

Source → NFC, without control characters → caps on length and nesting → Markdown without raw HTML, headings or images
→ bleach's allow-list → our own rule for links → nh3 with the same lists. bleach has had its last release and is
quadratic in nesting: hence the caps first, and a maintained second guard behind it.
"""

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

import bleach
import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

SANITISER_VERSION = 1
MOST_BYTES = 64 * 1024
DEEPEST = 32

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
ATTRIBUTES = {"a": {"href", "title"}}
ENDS_A_LINE = {"p", "li", "blockquote", "pre"}
SCHEMES = {"http", "https", "mailto"}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u2028\u2029\ufeff\ud800-\udfff]")
_SUSPICIOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_MARK = r"(?:>|(?:[*+-]|[0-9]{1,9}[.)])(?![^ \t\n]))"
_NESTING = re.compile(rf"^[ \t]*(?:{_MARK}[ \t]*)+", re.MULTILINE)


class TextRefused(ValueError):
    """The text cannot be kept as it is; the message says why."""


class TextTooLong(TextRefused):
    def __init__(self) -> None:
        super().__init__(_("The text is too long. Shorten it."))


class TextTooDeep(TextRefused):
    def __init__(self) -> None:
        super().__init__(_("The text has too many lists or quotations inside each other."))


def clean_source(source: str) -> str:
    """What is kept of what was typed: composed, without control characters; refuses what is too long or too deep."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text.encode()) > MOST_BYTES:
        raise TextTooLong
    if any(len(re.findall(_MARK, match.group())) > DEEPEST for match in _NESTING.finditer(text)):
        raise TextTooDeep
    return text.strip()


def is_safe_link(address: str) -> bool:
    """A web address with a host and no user in it, a mail address, or a path on this site."""
    if _SUSPICIOUS.search(address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    if address.lower().startswith("mailto:"):
        return bool(_MAIL.fullmatch(address))
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def render(source: str) -> SafeString:
    """Safe HTML of Markdown that somebody typed. Raises TextRefused."""
    parser = _markdown()
    tokens = parser.parse(clean_source(source))
    if any(token.level > DEEPEST for token in tokens):
        raise TextTooDeep
    return sanitise(parser.renderer.render(tokens, parser.options, {}))


def sanitise(html: str) -> SafeString:
    """The allow-lists, twice, with our rule for links between them. Cleaning what is clean changes nothing."""
    once = bleach.clean(html, tags=TAGS, attributes=_allowed, protocols=SCHEMES, strip=True, strip_comments=True)
    twice = nh3.clean(
        once,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
        clean_content_tags=set(),
    )
    return mark_safe(twice)


def plain_text(html: str) -> str:
    """The words of cleaned HTML, for search and for mail."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.words).split())


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "rel" and tag == "a":
        return False
    return name in ATTRIBUTES.get(tag, ()) and (name != "href" or is_safe_link(value))


def _markdown() -> MarkdownIt:
    """Past its own limit the parser drops words in silence; it lies beyond ours, so that we can refuse instead."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * DEEPEST + 4})
    return parser.disable(["heading", "lheading", "image", "html_block", "html_inline", "hr", "reference"])


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ENDS_A_LINE:
            self.words.append(" ")
