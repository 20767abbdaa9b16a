"""Presses of buttons. What a button may do is judged here and now, whenever it was sent."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import CallbackQuery

from bot.features.cases.choose_case import AnyUnseen, Named, NotYetRight, OnTopic
from bot.features.cases.explain_later import explain_later
from bot.features.cases.open_case import go_on
from bot.features.cases.send_case import next_case, pass_by, send_case
from bot.features.finding import topics
from bot.features.privacy import own_data, own_data_view
from bot.features.shared import buttons, texts
from bot.features.shared.messages import with_buttons
from bot.features.shared.question_buttons import LATER
from bot.features.shared.visitors import Visit, said
from bot.features.start import start
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, for the person who pressed it."""
    data, at = query.data or "", query.message
    outcome = await act(services, who, data)
    if data.startswith(buttons.FORGET) and at and at.chat.id == who.person_id:
        # In a chat's history it would erase at a slip of the finger, months later, unasked.
        outcome += Outcome(owed=(with_buttons(who.person_id, at.message_id, ()),))
    return outcome


async def act(services: Services, who: Visit, data: str) -> Outcome:
    """What a button's data means; unknown data is an old button."""
    verb, colon, rest = data.partition(":")
    match verb + colon:
        case verb if verb in _CASES:
            return await _CASES[verb](services, who, rest)
        case buttons.LANGUAGE if not rest or rest in services.languages.words:
            return start.choose_language(services, who, rest or None)
        case buttons.FORGET if rest == "yes":
            return own_data.forget(services, who)
        case buttons.FORGET:
            return said(who, own_data_view.kept(who.person_id, who.words))
    return Outcome((who.met,), toast=texts.old_button(who.words))


_CASES: Mapping[str, Callable[[Services, Visit, str], Awaitable[Outcome]]] = {
    buttons.NEXT: lambda services, who, _: next_case(services, who),
    buttons.ANY: lambda services, who, _: send_case(services, who, AnyUnseen()),
    buttons.CASE: lambda services, who, code: send_case(services, who, Named(code)),
    buttons.GO_ON: go_on,
    LATER: explain_later,
    buttons.ANOTHER: pass_by,
    buttons.REPEAT: lambda services, who, _: send_case(services, who, NotYetRight()),
    buttons.REPEAT_TOPIC: lambda services, who, of: send_case(services, who, NotYetRight(of)),
    buttons.TOPICS: lambda services, who, _: topics.topics(services, who),
    buttons.TOPIC: lambda services, who, topic: send_case(services, who, OnTopic(topic)),
}
HANDLERS = (press(pressed),)
