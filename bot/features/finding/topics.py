"""`/topics`: the topics of all cases, by specialty where they are many."""

from bot.features.cases.choose_case import is_unseen
from bot.features.finding import topics_view as views
from bot.features.finding.topics_view import Left
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.topics import specialty_of
from storage.outcome import Outcome, OwedCall
from storage.people import Progress

ON_ONE_PAGE = 12  # topics; more of them come by specialty


async def topics(services: Services, visit: Visit) -> Outcome:
    """All topics, or all specialties, each with what is left."""
    progress = await services.store.people.progress(visit.person_id)
    return said(visit, _first_page(services, visit, progress))


async def topics_of(services: Services, visit: Visit, specialty: str, message_id: int) -> Outcome:
    """The topics of a specialty in place of a message; of none, the first page again."""
    progress = await services.store.people.progress(visit.person_id)
    left = [
        _left(services, topic, (topic,), progress)
        for topic in services.library.topics
        if specialty_of(topic) == specialty
    ]
    if left:
        page = views.specialty(visit.person_id, specialty, left, visit.words)
    else:
        page = _first_page(services, visit, progress)
    return said(visit, edited(page, message_id))


def _first_page(services: Services, visit: Visit, progress: Progress) -> OwedCall:
    topics = list(services.library.topics)
    if len(topics) <= ON_ONE_PAGE:
        left = [_left(services, topic, (topic,), progress) for topic in topics]
        return views.all_topics(visit.person_id, left, visit.words)
    by_specialty: dict[str, list[str]] = {}
    for topic in topics:
        by_specialty.setdefault(specialty_of(topic), []).append(topic)
    left = [
        # A specialty with one topic needs no page of its own.
        _left(services, of[0] if len(of) == 1 else specialty, of, progress, several=len(of) > 1)
        for specialty, of in by_specialty.items()
    ]
    return views.all_topics(visit.person_id, left, visit.words)


def _left(
    services: Services,
    name: str,
    topics: tuple[str, ...] | list[str],
    progress: Progress,
    *,
    several: bool = False,
) -> Left:
    cases = [c for c in services.library.cases.values() if not set(topics).isdisjoint(c.topics)]
    unseen = sum(is_unseen(case, progress) for case in cases)
    return Left(name, unseen, len(cases), several)
