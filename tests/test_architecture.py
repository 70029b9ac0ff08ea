"""The site lets people find what is shared by those who take part: portal → search → cms → partnerships.

Each folder is one app and imports only to its right. Partnerships know nothing of pages, so that people and agreements
can be understood, changed and tested without an editor's system around them. What is shared may name those who take
part. Search knows both and nobody knows search, because whatever others import ends up importing them: then nothing can
be changed alone. The portal puts it together, and nobody imports it.

import-linter holds the arrow on every run. Here stands what it cannot see: templates, where apps meet; packages that
may leave one day; who may change state; and what must not stand in a public repository. Every check is a function from
text to faults, and the last test shows each of them a fault.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Node, Template
from django.template.defaulttags import ForNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import IncludeNode

ROOT = Path(settings.BASE_DIR)
APPS = ("portal", "search", "cms", "partnerships")
LEFT_OUT = {".git", ".venv", "node_modules", "var", "__pycache__", ".ruff_cache", ".import_linter_cache", ".hypothesis"}
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Imports point right


def imported(code: str) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def imports_to_the_left(app: str, code: str) -> list[str]:
    left = APPS[: APPS.index(app)]
    return [module for module in imported(code) if module.partition(".")[0] in left]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_imports_point_right(path):
    assert imports_to_the_left(path.relative_to(ROOT).parts[0], path.read_text()) == []


def test_import_linter_holds_the_same_arrow():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert next(one["layers"] for one in contracts if one["type"] == "layers") == list(APPS)


@pytest.mark.parametrize(
    ("package", "home"),
    [
        ("bleach", "partnerships/text/markup.py"),
        ("nh3", "partnerships/text/markup.py"),
        ("tantivy", "search/engines/embedded.py"),
        ("elasticsearch", "search/engines/elastic.py"),
        ("pypdf", "partnerships/text/file_reader.py"),
        ("simplemma", "search/analysis/lemmas.py"),
    ],
)
def test_package_that_may_leave_one_day_lives_in_one_file(package, home):
    users = {
        named(path) for path in SOURCES for module in imported(path.read_text()) if module.split(".")[0] == package
    }
    # What the embedded engine is measured against is its library alone.
    assert users - {"search/evaluation/native.py"} <= {home}


# State changes only in services

CHANGES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SHOW = re.compile(r"(^|/)(views|viewsets|forms|templatetags)(/|\.py$)|(^|/)(wagtail_hooks|admin)\.py$")


def changes_of_state(code: str) -> list[str]:
    """Calls that write, except of a service's verb and of the screen's own method, which calls one."""
    tree = ast.parse(code)
    services = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "services" in f"{node.module}.{node.names[0].name}"
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    writing = [call for call in calls if call.func.attr in CHANGES]
    return [ast.unparse(call.func) for call in writing if ast.unparse(call.func.value) not in {*services, "self"}]


@pytest.mark.parametrize("path", [path for path in SOURCES if SHOW.search(named(path))], ids=named)
def test_what_shows_things_changes_nothing(path):
    assert changes_of_state(path.read_text()) == []


# What one may not see does not exist

GUARDS = {"public", "visible_to", "is_closed"}
# Wagtail serves the page that this finds, and the hook before serving answers 404 for a closed one.
SERVED_BY_WAGTAIL = {"cms/views.py"}


def live_for_everyone(code: str) -> list[str]:
    """Functions that ask for live pages and never for whom."""
    faults = []
    for part in _parts(ast.parse(code)):
        calls = [node for node in ast.walk(part) if isinstance(node, ast.Call)]
        names = {ast.unparse(call.func).rpartition(".")[2] for call in calls}
        pages = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "live"]
        if any(_is_about_rows(call, "QuerySet" in code) for call in pages) and not names & GUARDS:
            faults.append(getattr(part, "name", "a statement of the module"))
    return faults


def _parts(tree: ast.Module) -> Iterator[ast.AST]:
    """Functions, wherever they stand, and what stands outside them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
    yield from (node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef))


def _is_about_rows(call: ast.Call, in_a_queryset: bool) -> bool:
    """An engine has a live generation, too; that is another word."""
    asked = ast.unparse(call.func.value)
    return "objects" in asked or "pages" in asked.lower() or asked == "rows" or (in_a_queryset and asked == "self")


@pytest.mark.parametrize("path", [path for path in SOURCES if ".live()" in path.read_text()], ids=named)
def test_live_is_followed_by_for_whom(path):
    faults = [] if named(path) in SERVED_BY_WAGTAIL else live_for_everyone(path.read_text())
    assert faults == []


# Templates: where apps meet

FURNITURE = {"i18n", "static", "l10n", "look"}
WAGTAIL = {"wagtailcore_tags", "wagtailimages_tags"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
# A partnership's page shows its stories through a tag of cms, and both what search finds near; cms loads none of partnerships.
MAY_LOAD = {
    "partnerships": FURNITURE | WAGTAIL | {"partnerships", "cms", "search", "saved_searches", "following"},
    "cms": FURNITURE | WAGTAIL | {"cms", "search", "following"},
    "search": FURNITURE | WAGTAIL | {"search", "saved_searches", "partnerships"},
    "email": FURNITURE | WAGTAIL | {"cms", "partnerships", "saved_searches"},
    "wagtailadmin": FURNITURE | WAGTAIL | {"wagtailadmin_tags"},
}
QUERY = re.compile(r"[\w.]+\.(?:all|filter|exclude|visible_to|get_queryset|objects)\b[\w.]*|[\w.]+_set\b[\w.]*")
# Relations that were fetched along with their rows, so that `all` asks nothing; the tests of query counts hold them to it.
FETCHED_ALONG = {
    "page.places.all",
    "page.political_steps.all",
    "page.status_steps.all",
    "page.evidence_links.all",
    "person.topics.all",
    "organisation.places.all",
    "goal.successors.all",
}
LOAD = re.compile(r"{% load ([^%]+) %}")
TAG_OR_VARIABLE = re.compile(r"{%(.*?)%}|{{(.*?)}}")


def template_id(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def libraries_not_allowed(folder: str, text: str) -> set[str]:
    loaded = {name for names in LOAD.findall(text) for name in names.split(" from ")[-1].split()}
    return loaded - MAY_LOAD.get(folder, FURNITURE | WAGTAIL | {"cms", "partnerships"})


def queries_in(text: str) -> list[str]:
    said = " ".join(tag or variable for tag, variable in TAG_OR_VARIABLE.findall(text))
    return [asked for asked in QUERY.findall(re.sub(r"\"[^\"]*\"", "", said)) if asked not in FETCHED_ALONG]


@pytest.mark.parametrize("path", TEMPLATES, ids=template_id)
def test_template_loads_only_what_stands_beside_it(path):
    assert libraries_not_allowed(template_id(path).partition("/")[0], path.read_text()) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=template_id)
def test_template_asks_the_database_nothing(path):
    assert queries_in(path.read_text()) == []


def asking_tags() -> set[str]:
    """Our tags that ask a selector or the database."""
    asks = re.compile(r"\b(selectors|objects|services|audience)\.")
    files = [path for app in APPS for path in (ROOT / app).glob("templatetags/*.py")]
    functions = [
        node for path in files for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
    ]
    return {node.name for node in functions if asks.search(ast.unparse(node)) and _is_tag(node)}


def _is_tag(function: ast.FunctionDef) -> bool:
    return any(
        "register." in ast.unparse(mark) and "filter" not in ast.unparse(mark) for mark in function.decorator_list
    )


def asked_in_loops(template: Template, asking: set[str], *, looped: bool = False) -> list[str]:
    """Asking tags that stand in a loop, here or in what a loop includes."""
    return list(_asked(template.nodelist, asking, looped))


def _asked(nodes: list[Node], asking: set[str], looped: bool) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, SimpleNode | InclusionNode) and node.func.__name__ in asking and looped:
            yield node.func.__name__
        if isinstance(node, IncludeNode) and looped and (name := _included(node)):
            yield from _asked(engines["django"].engine.get_template(name).nodelist, asking, True)
        for inner in ("nodelist_loop", "nodelist", "nodelist_empty"):
            within = looped or (isinstance(node, ForNode) and inner == "nodelist_loop")
            yield from _asked(getattr(node, inner, None) or [], asking, within)
        for _condition, branch in getattr(node, "conditions_nodelists", []):
            yield from _asked(branch, asking, looped)


def _included(node: Node) -> str:
    """The name of what is included, where it is a plain one that does not lead back to itself."""
    name = getattr(node.template, "var", "")
    return name if isinstance(name, str) and node.origin and not node.origin.name.endswith(name) else ""


def test_there_are_tags_that_ask():
    assert {"shared_pages", "near", "known_by"} <= asking_tags()


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=template_id)
def test_no_tag_asks_in_a_loop(path):
    template = engines["django"].engine.get_template(template_id(path))
    assert asked_in_loops(template, asking_tags()) == []


STYLE = re.compile(r"""<(script(?![^>]*\b(src|type="application/ld\+json"))|style)\b|\s(style|on[a-z]+)=["']""", re.I)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "/email/" not in str(path)], ids=template_id)
def test_template_brings_no_script_or_style_of_its_own(path):
    """The policy for content would refuse it in the browser, and nobody would see why."""
    if template_id(path).startswith("wagtail"):
        return
    assert STYLE.search(path.read_text()) is None


# A public repository

MACHINE = re.compile(r"(?<![\w.:/-])/(home|Users|root|work|mnt)/[\w.-]+|\b[A-Z]:\\\\?[A-Z]\w+\\", re.ASCII)


def text_files() -> Iterator[tuple[Path, str]]:
    for path in sorted(ROOT.rglob("*")):
        if (
            LEFT_OUT & set(path.relative_to(ROOT).parts)
            or named(path).startswith("portal/static/")
            or not path.is_file()
        ):
            continue
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue


def test_no_path_of_somebodys_machine():
    here = Path(__file__)
    assert [named(path) for path, text in text_files() if path != here and MACHINE.search(text)] == []


def addresses_in_a_lock(text: str) -> list[str]:
    return re.findall(
        r"--(?:extra-)?index-url\S*|--find-links\S*|registry\.\S+|@ https?://\S+|\"resolved\": \"[^\"]+\"", text
    )


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "package-lock.json"])
def test_lock_file_names_no_registry(name):
    assert addresses_in_a_lock((ROOT / name).read_text()) == []


def test_every_locked_package_has_a_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert text.count("==") == len(re.findall(r"== ?\S+(?: ;[^\\\n]+)? \\\n\s+--hash=sha256:[0-9a-f]{64}", text)), (
            name
        )
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, one in packages.items() if name and not one.get("link") and "integrity" not in one] == []


# The checks themselves


def loops(text: str) -> list[str]:
    return asked_in_loops(engines["django"].engine.from_string("{% load cms %}" + text), {"shared_pages"})


@pytest.mark.parametrize(
    ("found", "clean"),
    [
        (
            imports_to_the_left("cms", "from search.query import Query"),
            imports_to_the_left("search", "import cms.models"),
        ),
        (
            imports_to_the_left("partnerships", "def f():\n import cms"),
            imports_to_the_left("partnerships", "import re"),
        ),
        (changes_of_state("thing.save()"), changes_of_state("from x.services import people\npeople.save(a=1)")),
        (changes_of_state("Post.objects.create(a=1)"), changes_of_state("import services\nthing.saved()")),
        (changes_of_state("form.instance.topics.all().delete()"), changes_of_state("self.save(1)")),
        (live_for_everyone("def f():\n return Page.objects.live()"), live_for_everyone("current_engine().live()")),
        (
            live_for_everyone("def f():\n return pages.live().filter(a=1)"),
            live_for_everyone("def f():\n return Page.objects.live().public()"),
        ),
        (
            live_for_everyone("rows = Page.objects.live()"),
            live_for_everyone("rows = Page.objects.live().visible_to(u)"),
        ),
        (libraries_not_allowed("cms", "{% load i18n partnerships %}"), libraries_not_allowed("cms", "{% load cms %}")),
        (
            libraries_not_allowed("components", "{% load x from search %}"),
            libraries_not_allowed("cms", "{% load near from search %}"),
        ),
        (queries_in("{% for a in b.topics.all %}"), queries_in("{% for a in topics %}{{ forloop.first }}")),
        (queries_in("{{ a.post_set.count }}"), queries_in('{{ value.count }}{% url "a.all" %}')),
        (loops("{% for a in b %}{% shared_pages topic=a %}{% endfor %}"), loops("{% shared_pages topic=a as b %}")),
        (loops("{% for a in b %}{% if a %}{% shared_pages topic=a %}{% endif %}{% endfor %}"), loops("{% now 'Y' %}")),
        (MACHINE.findall("DATA = '/home/ann/portal'"), MACHINE.findall("see https://example.org/home/ann and /mit/")),
        (addresses_in_a_lock("--index-url https://x.example/simple"), addresses_in_a_lock("a==1 --hash=sha256:0")),
        (
            addresses_in_a_lock('"resolved": "https://x.example/a.tgz"'),
            addresses_in_a_lock('"url": "https://a.example"'),
        ),
        (STYLE.findall('<p style="a:b">'), STYLE.findall('<script src="/a.js"></script>')),
        (STYLE.findall("<script>a()</script>"), STYLE.findall("<p>on=it</p>")),
    ],
)
def test_each_check_sees_a_fault_and_lets_the_rest_be(found, clean):
    assert found
    assert not clean
