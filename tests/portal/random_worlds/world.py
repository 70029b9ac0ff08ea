"""A world as plain data: who there is, how they stand to each other, and since when. Days are counted from today."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

PEOPLE, ORGANISATIONS, PARTNERSHIPS = 5, 3, 4
FACILITATOR, EDITOR, SITE_ADMINISTRATOR, VISITOR = "facilitator", "editor", "site administrator", None
USERS = (*range(PEOPLE), FACILITATOR, EDITOR, SITE_ADMINISTRATOR, VISITOR)

person = st.integers(0, PEOPLE - 1)
organisation = st.integers(0, ORGANISATIONS - 1)
partnership = st.integers(0, PARTNERSHIPS - 1)
first_day = st.sampled_from([-400, -400, -1, 0, 1])
last_day = st.sampled_from([None, None, None, -1, 0, 1])


@dataclass(frozen=True)
class Term:
    since: int
    until: int | None

    @property
    def holds(self) -> bool:
        return self.since <= 0 and (self.until is None or self.until >= 0)


terms = st.builds(Term, first_day, last_day).filter(lambda term: term.until is None or term.since <= term.until)


@dataclass(frozen=True)
class Partnership:
    visibility: str
    state: str
    proposer: int


@dataclass(frozen=True)
class Membership:
    person: int
    organisation: int
    role: str
    status: str
    term: Term


@dataclass(frozen=True)
class Participation:
    organisation: int
    partnership: int
    term: Term


@dataclass(frozen=True)
class Seat:
    person: int
    partnership: int
    role: str
    term: Term


@dataclass(frozen=True)
class Piece:
    """Something that belongs in a partnership's room: a post, a document, a meeting."""

    kind: str
    partnership: int
    author: int
    audience: str
    removed: bool


@dataclass(frozen=True)
class Application:
    partnership: int
    organisation: int
    applicant: int
    state: str


@dataclass(frozen=True)
class World:
    consents: tuple[bool, ...]
    drafts: tuple[bool, ...]
    partnerships: tuple[Partnership, ...]
    memberships: list[Membership] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)


def _some(row: st.SearchStrategy, most: int, *once: str) -> st.SearchStrategy:
    """A list in which no two rows agree in all of `once`, as the database holds it."""
    return st.lists(row, max_size=most, unique_by=lambda one: tuple(getattr(one, name) for name in once))


worlds = st.builds(
    World,
    consents=st.tuples(*[st.booleans()] * PEOPLE),
    drafts=st.tuples(*[st.sampled_from([False, False, True])] * ORGANISATIONS),
    partnerships=st.tuples(
        *[
            st.builds(
                Partnership,
                visibility=st.sampled_from(["public", "listed", "hidden"]),
                state=st.sampled_from(["open", "open", "open", "paused", "closed", "proposed", "declined"]),
                proposer=person,
            )
        ]
        * PARTNERSHIPS
    ),
    memberships=_some(
        st.builds(
            Membership,
            person,
            organisation,
            st.sampled_from(["administrator", "editor", "member"]),
            st.sampled_from(["active", "active", "active", "requested", "refused", "ended"]),
            terms,
        ),
        9,
        "person",
        "organisation",
    ),
    participations=_some(st.builds(Participation, organisation, partnership, terms), 8, "organisation", "partnership"),
    seats=_some(
        st.builds(Seat, person, partnership, st.sampled_from(["administrator", "board", "secretary"]), terms),
        7,
        "person",
        "partnership",
        "role",
    ),
    pieces=st.lists(
        st.builds(
            Piece,
            st.sampled_from(["post", "room_document", "meeting"]),
            partnership,
            person,
            st.sampled_from(["public", "members", "administrators"]),
            st.sampled_from([False] * 4 + [True]),
        ),
        max_size=10,
    ),
    applications=_some(
        st.builds(
            Application,
            partnership,
            organisation,
            person,
            st.sampled_from(["sent", "refused", "accepted", "withdrawn"]),
        ),
        6,
        "partnership",
        "organisation",
    ),
)
