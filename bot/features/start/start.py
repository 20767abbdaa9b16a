"""Start, help and the other pages that tell a person about the bot."""

from bot.features.cases import references
from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.cohorts.join import open_link
from bot.features.live import join_round
from bot.features.posts import post_replies_view
from bot.features.posts.explain import explain
from bot.features.practice.welcome_back import welcome_back
from bot.features.roles.accept_role import open_role_link
from bot.features.shared.buttons import CASE_LINK, JOIN_LINK, LIVE_LINK, ROLE_LINK
from bot.features.shared.question_buttons import REFERENCES_LINK, WHY_LINK, QuestionRef
from bot.features.shared.visitors import Visit, said
from bot.features.start import start_view
from bot.services import Services
from storage.facts import LanguageChosen
from storage.outcome import Outcome


async def start(services: Services, visit: Visit, payload: str) -> Outcome:
    """Welcome, or straight to the case, explanation or references that a deep link names."""
    if payload.startswith(CASE_LINK):
        return await send_case(services, visit, Named(payload.removeprefix(CASE_LINK)))
    if payload.startswith(JOIN_LINK):
        return await open_link(services, visit, payload.removeprefix(JOIN_LINK))
    if payload.startswith(LIVE_LINK):
        return await join_round.open_link(services, visit, payload.removeprefix(LIVE_LINK))
    if payload.startswith(ROLE_LINK):
        return await open_role_link(services, visit, payload.removeprefix(ROLE_LINK))
    if payload.startswith(WHY_LINK):
        ref = QuestionRef.parse(payload.removeprefix(WHY_LINK))
        if ref is None:
            return said(visit, post_replies_view.no_such_question(visit.person_id, visit.words))
        return await explain(services, visit, ref)
    if payload.startswith(REFERENCES_LINK):
        ref = QuestionRef.parse(payload.removeprefix(REFERENCES_LINK))
        return await references.of_question(services, visit, ref)
    back = await welcome_back(services, visit)
    if back is not None:
        return back
    return said(
        visit, start_view.welcome(visit.person_id, len(services.library.cases), visit.words)
    )


def choose_language(services: Services, visit: Visit, code: str | None) -> Outcome:
    """Speak this language from now on; None follows the person's Telegram again."""
    words = services.languages.choose(code, visit.visitor.language_code)
    return Outcome(
        (visit.met, LanguageChosen(visit.person_id, code)),
        (start_view.language_set(visit.person_id, words),),
    )
