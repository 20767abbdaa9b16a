"""`/case` and `/find` with words: a case, a case on a topic, or what may be meant as buttons."""

from bot.features.cases.case_replies_view import no_such_case
from bot.features.cases.choose_case import Named, OnTopic, is_answered
from bot.features.cases.send_case import send_case
from bot.features.cases.withdrawn import why_withdrawn
from bot.features.finding import finding_view
from bot.features.finding.search import NoMatch, OneCase, OneTopic, SeveralMatches, search
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome


async def find_case(services: Services, visit: Visit, text: str) -> Outcome:
    """Send the case that the words mean, or say what they may mean."""
    if (why := await why_withdrawn(services, visit, text)) is not None:
        return said(visit, why)
    progress = await services.store.people.progress(visit.person_id)
    library = services.library
    answered = {case.id for case in library.cases.values() if is_answered(case, progress)}
    found = search(text, library, answered, visit.words)
    if isinstance(found, NoMatch):
        return said(visit, no_such_case(visit.person_id, visit.words))
    return await bring(services, visit, found)


def ask_for_words(services: Services, visit: Visit) -> Outcome:
    """`/find` alone: the next text says what to find."""
    awaited = CommandAwaited(visit.person_id, "find", services.clock.now())
    return Outcome((visit.met, awaited), (finding_view.find_what(visit.person_id, visit.words),))


async def bring(
    services: Services, visit: Visit, found: OneCase | OneTopic | SeveralMatches
) -> Outcome:
    """The case that was found, or buttons for those that were."""
    match found:
        case OneCase(case):
            return await send_case(services, visit, Named(case.id))
        case OneTopic(topic):
            return await send_case(services, visit, OnTopic(topic))
    return said(visit, finding_view.several(visit.person_id, found, visit.words))
