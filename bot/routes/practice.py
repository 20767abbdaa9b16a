"""Buttons of practice sessions and exams."""

from telegram import CallbackQuery

from bot.features.shared.buttons import SITTING, STUDY
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.sittings import presses, set_up, study
from bot.features.sittings.sitting_buttons import BEGIN, PLAN, PLAN_TOPICS
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def plan(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Another plan is chosen, its topics are asked for, or it begins."""
    data, at = query.data or "", query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    if data.startswith(PLAN_TOPICS):
        return set_up.topics(services, who, data.removeprefix(PLAN_TOPICS), at.message_id)
    if data.startswith(BEGIN):
        return await set_up.start(services, who, data.removeprefix(BEGIN), at.message_id)
    return await set_up.change(services, who, data.removeprefix(PLAN), at.message_id)


async def sitting(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Something about a sitting, or a question of it."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    return await presses.press(services, who, query.data or "", at.message_id)


async def next_case(services: Services, who: Visit, _query: CallbackQuery) -> Outcome:
    """The session goes on."""
    return await study.go_on(services, who)


HANDLERS = (
    press(plan, f"^({PLAN}|{PLAN_TOPICS}|{BEGIN})"),
    press(sitting, f"^{SITTING}"),
    press(next_case, f"^{STUDY}$"),
)
