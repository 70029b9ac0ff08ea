"""Pages for tests, published as an editor would."""

from itertools import count

from cms.models import CaseIndexPage, CaseStoryPage, HomePage, StatusStep, UpdateIndexPage, UpdatePage
from cms.services import publish
from tests.standing_site import stand

numbers = count(1)


def make_site():
    """Quickest at the beginning of a test: what was written before it keeps the founding from being repeated."""
    return HomePage.objects.filter(locale__language_code="da").first() or stand()


def section(model, language="da"):
    return model.objects.get(locale__language_code=language)


def make_story(title="Varme fra vand", *, summary="Kort fortalt.", statuses=(), live=True, **fields):
    """A case story below the Danish list, published unless `live=False`."""
    make_site()
    related = {name: fields.pop(name) for name in ("topics", "places", "goals", "partnerships") if name in fields}
    parent = section(CaseIndexPage)
    story = CaseStoryPage(
        title=title, slug=f"story-{next(numbers)}", summary=summary, locale=parent.locale, live=live, **fields
    )
    for name, things in related.items():
        setattr(story, name, things)
    story.status_steps = [StatusStep(code=code) for code in statuses]
    parent.add_child(instance=story)
    return publish(story) if live else story


def make_update(title="Nyt om vand", *, summary="Kort fortalt.", **fields):
    make_site()
    parent = section(UpdateIndexPage)
    update = UpdatePage(title=title, slug=f"update-{next(numbers)}", summary=summary, locale=parent.locale, **fields)
    return publish(update, parent=parent)


def translate(page, language="en", **fields):
    """The page's translation, published."""
    locale = type(page.locale).objects.get(language_code=language)
    for ancestor in page.get_ancestors()[2:]:
        assert ancestor.has_translation(locale)
    other = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(other, name, value)
    return publish(other)
