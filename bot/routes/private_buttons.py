"""Presses of buttons. What a button may do is judged here and now, whenever it was sent."""

from telegram import CallbackQuery

from bot.features.cases.choose_case import AnyUnseen, NotYetRight, OnTopic
from bot.features.cases.send_case import send_case
from bot.features.privacy import own_data, own_data_view
from bot.features.shared import buttons
from bot.features.shared.messages import with_buttons
from bot.features.shared.visitors import Visit, said
from bot.features.start import start
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome, Toast


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
    words = who.words
    verb, colon, rest = data.partition(":")
    match verb + colon:
        case buttons.NEXT:
            return await send_case(services, who, AnyUnseen())
        case buttons.REPEAT:
            return await send_case(services, who, NotYetRight())
        case buttons.REPEAT_TOPIC:
            return await send_case(services, who, NotYetRight(rest))
        case buttons.TOPICS:
            return await start.topics(services, who)
        case buttons.TOPIC:
            return await send_case(services, who, OnTopic(rest))
        case buttons.LANGUAGE if not rest or rest in services.languages.words:
            return start.choose_language(services, who, rest or None)
        case buttons.FORGET if rest == "yes":
            return own_data.forget(services, who)
        case buttons.FORGET:
            return said(who, own_data_view.kept(who.person_id, words))
    toast = Toast(words.say("This button no longer works. /case brings a case."), alert=True)
    return Outcome((who.met,), toast=toast)


HANDLERS = (press(pressed),)
