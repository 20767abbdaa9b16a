"""Commands of the bot's administrators, those that the settings name. To others they are none, but
for `/items` to authors.
"""

from telegram import CallbackQuery

from bot.features.flags import handle_flags
from bot.features.items import show_items
from bot.features.items.items_press import ItemsPress
from bot.features.library import take_over
from bot.features.roles.give_roles import roles
from bot.features.shared import texts
from bot.features.shared.buttons import ITEMS, ITEMS_OF
from bot.features.shared.visitors import Visit, said
from bot.routes.private_commands import Act, Command, handler_of
from bot.routes.reading_updates import press
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
    Command("items", lambda words: words.say("How questions do"), show_items.items),
    Command("roles", lambda words: words.say("Who writes and reviews cases"), _guarded(roles)),
    Command("reload", lambda words: words.say("Read the cases again"), _guarded(take_over.ask)),
)


async def _press_items(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Under the list of items, or under one of them."""
    pressed = ItemsPress.parse(query.data or "")
    if pressed is None or query.message is None:
        return Outcome((who.met,), toast=texts.old_button(who.words))
    return await show_items.press(services, who, pressed, query.message.message_id)


async def _items_of_case(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Under the results of a case, or under one that its author published."""
    return await show_items.of_case(services, who, (query.data or "").removeprefix(ITEMS_OF))


HANDLERS = (
    *map(handler_of, COMMANDS),
    press(_press_items, f"^{ITEMS}"),
    press(_items_of_case, f"^{ITEMS_OF}"),
)
