"""Start, help and the other pages that tell a person about the bot."""

from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import give
from bot.features.posts.explain import explain
from bot.features.shared import texts
from bot.features.shared.question_buttons import WHY_LINK, QuestionRef
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.outcome import Outcome, OwedCall

CASE_LINK = "case_"  # a deep link's payload is this and a code or id


async def start(services: Services, visit: Visit, payload: str) -> Outcome:
    """Welcome, or straight to the case or the explanation that a deep link names."""
    if payload.startswith(CASE_LINK):
        return await give(services, visit, Named(payload.removeprefix(CASE_LINK)))
    if payload.startswith(WHY_LINK):
        ref = QuestionRef.parse(payload.removeprefix(WHY_LINK))
        if ref is None:
            return said(visit, texts.no_such_question(visit.person_id, visit.words))
        return await explain(services, visit, ref)
    return said(visit, texts.welcome(visit.person_id, len(services.library.cases), visit.words))


async def topics(services: Services, visit: Visit) -> Outcome:
    """The topics, each with how many cases are new to the person."""
    progress = await services.store.people.progress(visit.person_id)
    counts = {
        topic: (
            sum(case.id not in progress.seen for case in services.library.on_topic(topic)),
            total,
        )
        for topic, total in services.library.topics.items()
    }
    return said(visit, texts.topic_list(visit.person_id, counts, visit.words))


def said(visit: Visit, *calls: OwedCall) -> Outcome:
    """The person came, and these messages are the answer."""
    return Outcome((visit.met,), calls)
