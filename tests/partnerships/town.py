"""A company in which one person has done everything that can be handed over, and then goes."""

from cms.models import OrganisationLink, PersonLink
from cms.services import publish
from partnerships import clock
from partnerships.handover.queue import queue_of
from partnerships.models import MeetingDecision
from partnerships.services import people
from partnerships.services.handing_over import hand_over
from tests.cms_pages import make_story
from tests.factories import (
    make_application,
    make_meeting,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    make_seat,
    yesterday,
)


class Town:
    """A company with a head, a successor and one who has done everything; its mailbox answers meanwhile."""

    def __init__(self):
        self.head = make_person("Anna Leder", consents=True)
        self.next = make_person("Bo Afløser", consents=True)
        self.gone = make_person("Ida Holm", consents=True)
        self.company = make_organisation("Fjordbryg", administrator=self.head, mailbox="post@fjordbryg.example")
        make_membership(self.next, self.company)
        self.membership = make_membership(self.gone, self.company)
        self.network = make_partnership("Vandnetværket", members=[self.company])
        self.participation = self.network.participations.get()

    def does_everything(self):
        self.seat = make_seat(
            self.gone, self.network, role="representative", participation=self.participation, since=yesterday()
        )
        self.post = make_post(self.network, self.gone, organisation=self.company)
        self.document = make_room_document(self.network, self.gone)
        self.meeting = make_meeting(self.network, self.head, minutes_approved=clock.now())
        self.decision = MeetingDecision.objects.create(meeting=self.meeting, text="Måle", responsible=self.gone)
        other = make_partnership("Halmgruppen")
        self.application = make_application(other, self.company, self.head, representative=self.gone)

    def leaves(self):
        people.end_membership(membership=self.membership, actor=self.head.user)

    def story(self, *people, title="Varme fra vand", role="contact"):
        page = make_story(title)
        page.organisation_links.add(OrganisationLink(organisation=self.company))
        for person in people:
            page.person_links.add(PersonLink(person=person, role=role))
        return publish(page)

    def waits(self):
        return {item.kind.name for left in queue_of(self.company, self.head.user) for item in left.items}

    def keys(self):
        return [key for left in queue_of(self.company, self.head.user) for key in left.keys]

    def hands(self, keys=None, *, successor=None, actor=None):
        return hand_over(
            organisation=self.company,
            items=self.keys() if keys is None else keys,
            successor=successor or self.next,
            actor=(actor or self.head).user,
        )
