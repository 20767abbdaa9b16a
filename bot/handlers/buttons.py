"""Presses of buttons. What a button may do is judged here and now, whenever it was sent."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import Context, Services
from bot.handlers.parsing import visit
from bot.usecases import greeting, owning
from bot.usecases.choosing import AnyUnseen, NotYetRight, OnTopic
from bot.usecases.giving import give
from bot.usecases.greeting import said
from bot.usecases.visiting import Visit
from bot.views import buttons, own_data
from bot.views.messages import with_buttons
from storage.outcome import Outcome, Toast


async def pressed(update: Update, context: Context) -> None:
    """Do what the button says, for the person who pressed it."""
    query = update.callback_query
    if query is not None:
        who = await visit(query.from_user, context)
        outcome = await act(context.services, who, query.data or "")
        at = query.message
        if (query.data or "").startswith(buttons.FORGET) and at and at.chat.id == who.person_id:
            # In a chat's history it would erase at a slip of the finger, months later, unasked.
            outcome += Outcome(owed=(with_buttons(who.person_id, at.message_id, ()),))
        context.deposit(outcome)


async def act(services: Services, who: Visit, data: str) -> Outcome:
    """What a button's data means; unknown data is an old button."""
    words = who.words
    verb, colon, rest = data.partition(":")
    match verb + colon:
        case buttons.NEXT:
            return await give(services, who, AnyUnseen())
        case buttons.REPEAT:
            return await give(services, who, NotYetRight())
        case buttons.REPEAT_TOPIC:
            return await give(services, who, NotYetRight(rest))
        case buttons.TOPICS:
            return await greeting.topics(services, who)
        case buttons.TOPIC:
            return await give(services, who, OnTopic(rest))
        case buttons.LANGUAGE if not rest or rest in services.languages.words:
            return owning.choose_language(services, who, rest or None)
        case buttons.FORGET if rest == "yes":
            return owning.forget(who)
        case buttons.FORGET:
            return said(who, own_data.kept(who.person_id, words))
    toast = Toast(words.say("This button no longer works. /case brings a case."), alert=True)
    return Outcome((who.met,), toast=toast)


HANDLERS = (CallbackQueryHandler(pressed),)
