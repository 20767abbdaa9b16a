"""Commands of the bot's administrators, those that the settings name. To others they are none."""

from bot.context import Services
from bot.handlers.commands import Act, Command, handler_of
from bot.usecases import flag_desk, reloading
from bot.usecases.greeting import said
from bot.usecases.visiting import Visit
from bot.views import texts
from storage.outcome import Outcome


def _guarded(act: Act) -> Act:
    """The same for administrators alone, judged at each command."""

    async def guarded(services: Services, who: Visit, argument: str) -> Outcome:
        if who.person_id not in services.settings.admins:
            return said(who, texts.unknown_command(who.person_id, who.words))
        return await act(services, who, argument)

    return guarded


COMMANDS = (
    Command(
        "flags", lambda words: words.say("What learners flagged"), _guarded(flag_desk.list_flags)
    ),
    Command("reload", lambda words: words.say("Read the cases again"), _guarded(reloading.ask)),
)

HANDLERS = tuple(map(handler_of, COMMANDS))
