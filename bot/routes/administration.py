"""Commands of the bot's administrators, those that the settings name. To others they are none."""

from bot.features.flags import handle_flags
from bot.features.library import take_over
from bot.features.shared import texts
from bot.features.shared.visitors import Visit, said
from bot.routes.private_commands import Act, Command, handler_of
from bot.services import Services
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
        "flags", lambda words: words.say("What learners flagged"), _guarded(handle_flags.list_flags)
    ),
    Command("reload", lambda words: words.say("Read the cases again"), _guarded(take_over.ask)),
)

HANDLERS = tuple(map(handler_of, COMMANDS))
