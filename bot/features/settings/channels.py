"""`/channel`: a channel is set up in private, since commands do not belong before its readers."""

import re
from typing import Final

from bot.features.settings.answers_view import channel_list, not_there, whose_results
from bot.features.settings.button_data import Page
from bot.features.settings.set_up_chat import page, refusal, written
from bot.features.settings.settings_session import Asker
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.chat_settings import CHANNEL
from bot.features.shared.messages import message
from bot.features.shared.texts import only_in_groups
from bot.features.shared.visitors import Visit
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.chats import Chat
from storage.outcome import Outcome

MOST_LISTED: Final = 20
_CHAT_ID: Final = re.compile(r"-\d{1,18}")


async def channel(services: Services, visit: Visit, argument: str) -> Outcome:
    """List a person's channels, or set one up: by its id, or their only one without."""
    first, _, rest = argument.strip().partition(" ")
    named = _CHAT_ID.fullmatch(first)
    if named:
        chat = await services.store.chats.get(int(first))
    else:
        channels = await _channels(services, visit.person_id)
        if not argument or len(channels) != 1:
            listed = channel_list(visit.person_id, services.bot_username, channels, visit.words)
            return Outcome((visit.met,), (listed,))
        chat, rest = channels[0], argument
    if chat is None or chat.gone_at is not None:
        return Outcome((visit.met,), (message(visit.person_id, not_there(visit.words)),))
    return await _set_up(services, visit, chat, rest.strip())


async def results_of_channels(services: Services, visit: Visit) -> Outcome:
    """Whose results: the cases of the person's only channel, or their channels to choose from."""
    channels = await _channels(services, visit.person_id)
    if not channels:
        return Outcome((visit.met,), (only_in_groups(visit.person_id, visit.words),))
    if len(channels) > 1:
        listed = whose_results(visit.person_id, channels, visit.words)
        return Outcome((visit.met,), (listed,))
    asker = Asker(visit.person_id, visit.words)
    refused = refusal(services, asker, channels[0].id, changes=False)
    if refused is not None:
        return Outcome((visit.met,), (message(visit.person_id, refused),))
    where = SettingsMessage(channels[0].id, visit.person_id)
    return Outcome((visit.met,)) + await page(services, asker, where, channels[0], Page.LATEST)


async def post_forwarded(services: Services, visit: Visit, chat_id: int) -> Outcome | None:
    """A post of a channel, shown to the bot in private: that channel is set up, where it is in it.

    So those find their channel whom its list does not name: who administers it besides whoever
    added the bot, or after them.
    """
    chat = await services.store.chats.get(chat_id)
    if chat is None or chat.gone_at is not None or chat.kind != CHANNEL:
        return None
    return await _set_up(services, visit, chat, "")


async def _set_up(services: Services, visit: Visit, chat: Chat, argument: str) -> Outcome:
    asker = Asker(visit.person_id, visit.words)
    where = SettingsMessage(chat.id, visit.person_id)
    return Outcome((visit.met,)) + await written(services, asker, where, chat, argument)


async def _channels(services: Services, person_id: int) -> list[Chat]:
    """The channels that a person brought the bot to, without those they administer no more."""
    added = await services.store.chats.added_by(person_id)
    channels = [chat for chat in added if chat.kind == CHANNEL][:MOST_LISTED]
    services.rights.need_staff(chat.id for chat in channels)
    return [
        chat
        for chat in channels
        if services.rights.administers(chat.id, person_id) is not Administers.NO
    ]
