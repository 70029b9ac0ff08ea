"""An invented portal of a given size, as plain values: who knows what, who works where, and what they wrote.

How people are tied to subjects, so that a figure for "who knows" means something:

- A *field* is a narrow subject with 14 nouns of its own. Fields lie in 24 topics, and each topic has 30 nouns of its own.
  There are as many fields as people.
- A person has one to three fields (.40, .35, .25), so a field has about two people on average. How much somebody
  writes follows a power law: the person of rank r writes in proportion to 1 / r ** .5.
- Of what a person writes, 80 % lies in their own fields; 20 % lies in a field drawn from all, where others know better.
- A third of the pages name a contact and a fifth a project partner: somebody of the same field where there is one, else
  anybody.
- Of the words of a text 12 % are its field's (Zipf within the field), 5 % its topic's, the rest is common language. A
  title has two or three words of the field among the common ones.
- Four of five people agree to be shown as a contact; only they count.

Of all things 15 % are posts that only a partnership's members may read, 8 % are public posts, 6 % people (but
40 of them even in a small portal), 3 % organisations, up to 200 are partnerships, and the rest are pages: cases, ideas and news.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from search.evaluation.words import Language, zipf

LAST_DAY = date(2026, 1, 1)
YEARS = 12
SHARES = {"person": 0.06, "organisation": 0.03, "private": 0.15, "post": 0.08}
PAGES = {"story": 0.4, "idea": 0.25, "update": 0.35}
MOST_PARTNERSHIPS = 200
FEWEST_PEOPLE = 40
TOPICS, TOPIC_WORDS, FIELD_WORDS = 24, 30, 14
FIELDS_A_PERSON = (0.4, 0.35, 0.25)
OWN_FIELD, OF_THE_FIELD, OF_THE_TOPIC = 0.8, 0.12, 0.05
AGREE = 0.8
CONTACT, PARTNER = 1 / 3, 1 / 5
LENGTHS = {"story": 220, "idea": 160, "update": 110, "post": 90}
GIVEN = "Anders Birgitte Carl Dorthe Erik Freja Gorm Hanne Ib Jytte Kaj Lone Mads Nete Ole Pia Rasmus Sine Troels Ulla".split()
FAMILY = "Birk Dam Elm Fjord Gade Holt Ibsen Juul Kjær Lund Mose Nygård Overby Poulsen Ravn Skov Toft Urup Vang Åstrup".split()
JOINS = (" og ", " i ", " med ", " uden ", " til ", " fra ", " for ")


@dataclass(frozen=True, slots=True)
class Subject:
    """A field; `words` are its own, `topic` is the number of its topic."""

    words: tuple[str, ...]
    topic: int


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    fields: tuple[int, ...]
    organisation: int
    agrees: bool
    headline: str
    expertise: str


@dataclass(frozen=True, slots=True)
class Writing:
    """A page or a post. `people` are (role, number of the person); `partnership` is a number too."""

    kind: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    day: date
    author: int
    partnership: int
    organisation: int
    topic: int
    is_private: bool = False
    people: tuple[tuple[str, int], ...] = ()


@dataclass
class Plan:
    """The numbers that things carry are their places in these lists."""

    topics: list[tuple[str, ...]] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    partnerships: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


class Planner:
    """The same seed and size give the same portal, word for word."""

    def __init__(self, size: int, rng: random.Random, language: Language) -> None:
        self.size, self.rng, self.language = size, rng, language
        self.plan = Plan()
        self._people_of: dict[int, list[int]] = defaultdict(list)
        self._make_subjects()
        self._make_names()
        self._make_people()
        self._productivity = list(accumulate(1 / rank**0.5 for rank in range(1, len(self.plan.people) + 1)))

    def count(self, kind: str) -> int:
        least = min(FEWEST_PEOPLE, self.size // 5) if kind == "person" else 2
        return max(least, round(self.size * SHARES[kind]))

    def writings(self) -> Iterator[Writing]:
        """One after the other, so that a hundred thousand need no more room than one."""
        for _ in range(self.count("private")):
            yield self._writing("post", is_private=True)
        for _ in range(self.count("post")):
            yield self._writing("post")
        kinds, weights = tuple(PAGES), tuple(PAGES.values())
        for kind in sorted(self.rng.choices(kinds, weights, k=self._pages())):
            yield self._writing(kind)

    def _pages(self) -> int:
        others = sum(self.count(kind) for kind in SHARES) + len(self.plan.partnerships)
        return max(0, self.size - others)

    def _make_subjects(self) -> None:
        self.plan.topics = [tuple(self.language.take(TOPIC_WORDS)) for _ in range(TOPICS)]
        for number in range(self.count("person")):
            self.plan.subjects.append(Subject(tuple(self.language.take(FIELD_WORDS)), number % TOPICS))

    def _make_names(self) -> None:
        for number in range(self.count("organisation")):
            of = self.rng.choice(self.plan.subjects)
            kind = "A/S" if number % 3 else "Forening"
            self.plan.organisations.append(f"{self.rng.choice(FAMILY)} {self.rng.choice(of.words).capitalize()} {kind}")
        for _ in range(min(MOST_PARTNERSHIPS, max(2, self.size // 200))):
            of = self.rng.choice(self.plan.subjects)
            self.plan.partnerships.append(
                f"{self.rng.choice(of.words).capitalize()}netværket {self.rng.choice(FAMILY)}"
            )

    def _make_people(self) -> None:
        for number in range(self.count("person")):
            many = self.rng.choices((1, 2, 3), FIELDS_A_PERSON)[0]
            fields = tuple(self.rng.sample(range(len(self.plan.subjects)), min(many, len(self.plan.subjects))))
            for one in fields:
                self._people_of[one].append(number)
            self.plan.people.append(self._person(fields))

    def _person(self, fields: tuple[int, ...]) -> Person:
        own = [self.plan.subjects[one].words[:3] for one in fields]
        return Person(
            name=f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)} {self.rng.choice(FAMILY)}",
            fields=fields,
            organisation=self.rng.randrange(len(self.plan.organisations)),
            agrees=self.rng.random() < AGREE,
            headline=f"Arbejder med {own[0][0]}",
            expertise=f"Jeg ved noget om {', '.join(word for words in own for word in words)}.",
        )

    def _writing(self, kind: str, *, is_private: bool = False) -> Writing:
        author = self.rng.choices(range(len(self.plan.people)), cum_weights=self._productivity)[0]
        person = self.plan.people[author]
        own = self.rng.random() < OWN_FIELD
        number = self.rng.choice(person.fields) if own else self.rng.randrange(len(self.plan.subjects))
        subject = self.plan.subjects[number]
        return Writing(
            kind=kind,
            title=self._title(subject),
            summary="" if kind == "post" else self._sentences(subject, 2),
            paragraphs=tuple(self._sentences(subject, 4) for _ in range(self._paragraphs(kind))),
            day=LAST_DAY - timedelta(days=self.rng.randrange(365 * YEARS)),
            author=author,
            partnership=self.rng.randrange(len(self.plan.partnerships)),
            organisation=person.organisation,
            topic=subject.topic,
            is_private=is_private,
            people=() if kind == "post" else self._named(author, number),
        )

    def _named(self, author: int, number: int) -> tuple[tuple[str, int], ...]:
        named = [("author", author)]
        for role, share in (("contact", CONTACT), ("project_partner", PARTNER)):
            if self.rng.random() < share:
                peers = self._people_of[number] or range(len(self.plan.people))
                named.append((role, self.rng.choice(peers)))
        return tuple({person: (role, person) for role, person in reversed(named)}.values())

    def _paragraphs(self, kind: str) -> int:
        """Some are short and a few are long."""
        return max(1, round(self.rng.lognormvariate(0, 0.5) * LENGTHS[kind] / 48))

    def _title(self, subject: Subject) -> str:
        own = self.rng.sample(subject.words, self.rng.choice((2, 2, 3)))
        common = [word for word in self.language.some(6) if len(word) > 4][:1]
        title = self.language.form(own[0])
        for word in (*own[1:], *common):
            title += self.rng.choice(JOINS) + self.language.form(word)
        return title[0].upper() + title[1:]

    def _sentences(self, subject: Subject, count: int) -> str:
        return " ".join(self._sentence(subject) for _ in range(count))

    def _sentence(self, subject: Subject) -> str:
        text = self.language.some(self.rng.randint(7, 17))
        topic = self.plan.topics[subject.topic]
        for at in range(len(text)):
            chance = self.rng.random()
            if chance < OF_THE_FIELD:
                text[at] = self.language.form(self.rng.choices(subject.words, _WEIGHTS[:FIELD_WORDS])[0])
            elif chance < OF_THE_FIELD + OF_THE_TOPIC:
                text[at] = self.language.form(self.rng.choices(topic, _WEIGHTS[:TOPIC_WORDS])[0])
        sentence = " ".join(text)
        return f"{sentence[0].upper()}{sentence[1:]}."


_WEIGHTS = [zipf(rank) for rank in range(1, TOPIC_WORDS + 1)]
