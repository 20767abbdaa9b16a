"""Short answers around a chat's settings."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.settings.button_data import Buttons, Change, Field, Page
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.chat_settings import ChatSettings
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


def case_under_way(words: Words) -> str:
    """A case of several questions is open, and none is put amid them."""
    return words.say(
        "A case of several questions is open there; the next comes after them. You can end them"
        " under Open questions."
    )


def look_again(words: Words) -> str:
    """Between the question and the press another case went out."""
    return words.say("Another case went out meanwhile. This is the next one.")


def sent(words: Words) -> str:
    """The case is on its way."""
    return words.say("It is on its way.")


def sent_to_you(words: Words) -> str:
    """It comes in private."""
    return words.say("I have sent it to you in private.")


def closed_already(words: Words) -> str:
    """A question that was to be ended has ended."""
    return words.say("That question is closed already.")


def on_its_way(words: Words) -> str:
    """A question that was to be ended has not arrived yet."""
    return words.say("That question is still on its way. Try again in a minute.")


def what_it_does(change: Change, settings: ChatSettings, words: Words) -> str:
    """What a switch brings about; nothing where its page says so."""
    match change.field:
        case Field.DIGEST if settings.digest:
            return words.say("Every Monday at 08:00 the week's numbers come here.")
        case Field.DIGEST:
            return words.say("No weekly numbers come here any more.")
        case Field.LEADERBOARD if settings.leaderboard:
            return words.say("/leaderboard shows points; named are only those who want to be.")
        case Field.LEADERBOARD:
            return words.say("/leaderboard is off.")
        case Field.CASES_A_DAY if settings.members_may_post:
            return words.count(
                "Each member may bring {n} case a day here with /case.",
                "Each member may bring {n} cases a day here with /case.",
                settings.member_cases_a_day,
            )
        case Field.CASES_A_DAY:
            return words.say("Only administrators bring cases with /case.")
    return ""


def reply(where: SettingsMessage, sentence: str) -> OwedCall:
    """A sentence where the person asked."""
    call = html_message(where.at, to_html([(plain(sentence),)]))
    thread = {} if where.thread_id is None else {"message_thread_id": where.thread_id}
    return replace(call, params={**call.params, **thread})


def not_understood(where: SettingsMessage, words: Words) -> str:
    """Something unknown was written after the command."""
    return words.say(
        "I did not understand that. After {command} write for example: time 07:30 · zone Lima ·"
        " from 2026-12-01 · pause · resume · skip · topics cardiology, nephrology · level student ·"
        " open 10 minutes · close · reveal. {command} alone brings buttons.",
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


def whose_results(person_id: int, channels: Iterable[Chat], words: Words) -> OwedCall:
    """`/results` in private: the person's channels as buttons."""
    rows = [[Buttons(chat.id).go(shown_title(chat.title, words), Page.LATEST)] for chat in channels]
    return message(person_id, words.say("**Results of which channel?**"), rows)


def channel_list(
    person_id: int,
    username: str,
    channels: Iterable[Chat],
    words: Words,
) -> OwedCall:
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
