"""Short answers around a chat's settings."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.settings.button_data import Buttons, Page
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.messages import html_message, message
from bot.features.shared.shown_names import shown_title
from content.markup import parse, plain, to_html
from storage.chats import Chat
from storage.outcome import OwedCall


def administrators_only(words: Words) -> str:
    """To somebody who does not administer the chat."""
    return words.say("Only administrators of the chat can do this.")


def not_told(words: Words) -> str:
    """Telegram gave no answer in time."""
    return words.say("Telegram does not tell me who administers the chat. Try again in a minute.")


def not_there(words: Words) -> str:
    """The bot is not in the chat any more."""
    return words.say("I am not in that chat any more. Add me again to set it up.")


def old_button(words: Words) -> str:
    """A button whose meaning is gone, or a value that no longer exists."""
    return words.say("This button no longer works. Open the settings anew.")


def no_discussion(words: Words) -> str:
    """Results were to go to a discussion group that there is not."""
    return words.say(
        "This channel has no discussion group. Link one in the channel's settings, add me to it,"
        " and try again."
    )


def not_in_discussion(words: Words) -> str:
    """The bot is not in the discussion group."""
    return words.say("Add me to the channel's discussion group first, then try again.")


def cannot_post(words: Words) -> str:
    """The bot has no right to post in the channel."""
    return words.say("I cannot post there yet: give me the right to post messages.")


def look_again(words: Words) -> str:
    """Between the question and the press another case went out."""
    return words.say("Another case went out meanwhile. This is the next one.")


def sent(words: Words) -> str:
    """The case is on its way."""
    return words.say("It is on its way.")


def reply(where: SettingsMessage, sentence: str) -> OwedCall:
    """A sentence where the person asked."""
    call = html_message(where.at, to_html([(plain(sentence),)]))
    thread = {} if where.thread_id is None else {"message_thread_id": where.thread_id}
    return replace(call, params={**call.params, **thread})


def not_understood(where: SettingsMessage, words: Words) -> str:
    """Something unknown was written after the command."""
    return words.say(
        "I did not understand that. Write for example {command} time 07:30, {command} zone Lima,"
        " {command} from 2026-12-01, or {command} alone for buttons.",
        command=where.command,
    )


def no_schedule(words: Words) -> str:
    """Dates without days."""
    return words.say("There is no schedule yet: choose its days first.")


def dates_cross(words: Words) -> str:
    """The first date would lie after the last."""
    return words.say("A schedule cannot end before it begins.")


def settings_in_private(person_id: int, words: Words) -> OwedCall:
    """`/settings` in the private chat."""
    sentence = words.say(
        "Groups are set up where they are: send /settings in the group. A channel is set up here:"
        " /channel. Your own daily case: /daily."
    )
    return message(person_id, sentence)


def channel_list(person_id: int, username: str, channels: Iterable[Chat], words: Words) -> OwedCall:
    """`/channel`: the person's channels as buttons, and how to add the bot to one."""
    rows = [[Buttons(chat.id).go(shown_title(chat.title, words), Page.MAIN)] for chat in channels]
    link = f"https://t.me/{username}?startchannel&admin=post_messages"
    add = words.say(
        "[Add me]({link}) to your channel as an administrator with the right to **post messages**;"
        " I need no other. Then send /channel again.",
        link=link,
    )
    if rows:
        head = words.say("**Which channel shall we set up?**")
        add = words.say("For another one: {how}", how=add)
    else:
        head = words.say("**A channel can have cases too,** with buttons that show nobody's vote.")
    missing = words.say("Am I in one that is missing here? Forward me any of its posts.")
    return html_message(person_id, to_html([*parse(head), *parse(add), *parse(missing)]), rows)
