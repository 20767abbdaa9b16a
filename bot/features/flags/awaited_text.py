"""What a person was asked to write of a flag; and that nothing is asked for any more."""

from bot.features.flags import flag_question, handle_flags
from bot.features.flags import learner_view as views
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.features.shared.written_words import written
from bot.services import Services
from storage.flag_facts import NothingAwaited
from storage.flags import AwaitedFlagText, AwaitedReply, AwaitedText
from storage.outcome import Outcome, Toast


async def take(services: Services, who: Visit, awaited: AwaitedText, text: str) -> Outcome | None:
    """Take a text for what it was asked for; None where that is nobody's any more."""
    match awaited:
        case AwaitedFlagText():
            return await flag_question.write(services, who, awaited, written(text))
        case AwaitedReply() if who.person_id in services.settings.admins:
            return await handle_flags.reply(services, who, awaited, written(text))
    return None


async def cancel(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/cancel`: nothing is asked for any more."""
    if await services.store.flags.awaited(who.person_id) is None:
        return said(who, views.nothing_to_cancel(who.person_id, who.words))
    call = views.left_off(who.person_id, who.words)
    return Outcome((who.met, NothingAwaited(who.person_id)), (call,))


async def press_cancel(services: Services, who: Visit, message_id: int) -> Outcome:
    """The button does so too, in place of the message that asked."""
    if await services.store.flags.awaited(who.person_id) is None:
        return Outcome((who.met,), toast=Toast(views.no_longer_asked(who.words), alert=True))
    call = edited(views.left_off(who.person_id, who.words), message_id)
    return Outcome((who.met, NothingAwaited(who.person_id)), (call,))
