"""What the bot says outside of cases and of people's own data: brief, warm, exact."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.base.i18n import Words
from bot.features.shared.buttons import (
    RUN,
    cancel,
    what_next,
)
from bot.features.shared.messages import MOST_DATA, html_message, message, press
from bot.features.shared.written_words import LONGEST_TEXT
from content.markup import plain, to_html
from storage.outcome import OwedCall, Toast


def unknown_command(chat_id: int, words: Words, nearest: str | None = None) -> OwedCall:
    """A command that does not exist; ``nearest`` is one that may be meant, with what follows it."""
    sentence = words.say("I don't know that command. /help lists those I do.")
    if nearest is None or len((RUN + nearest).encode()) > MOST_DATA:
        return message(chat_id, sentence, what_next(words))
    sentence += " " + words.say("Do you mean this one?")
    return message(chat_id, sentence, ((press(f"/{nearest}", RUN + nearest),),))


def only_in_groups(chat_id: int, words: Words) -> OwedCall:
    """A command of groups, in private."""
    return message(chat_id, words.say("That works in a group: send it there."), what_next(words))


def asked_too_fast(chat_id: int, words: Words) -> OwedCall:
    """So much is owed to the chat already that this was not taken."""
    return message(chat_id, too_fast(words))


def too_fast(words: Words) -> str:
    """The same in a sentence."""
    return words.say("I have not yet answered all that was asked here. Try again in a minute.")


def not_understood(chat_id: int, words: Words) -> OwedCall:
    """Free text."""
    return message(
        chat_id,
        words.say(
            "I can't hold a conversation: I send cases and read votes. To answer a case, tap a"
            " choice in its poll."
        ),
        what_next(words),
    )


def no_pictures(chat_id: int, words: Words) -> OwedCall:
    """A photo, a document, a voice message."""
    return message(
        chat_id,
        words.say(
            "I can't look at pictures or files, and did not keep this one. Please never send me"
            " anything from a real patient."
        ),
        what_next(words),
    )


def too_long(chat_id: int, length: int, words: Words) -> OwedCall:
    """What was asked for has too many characters; another try is waited for."""
    sentence = words.say(
        "That has {length} characters; {most} are possible. Please send a shorter one.",
        length=length,
        most=LONGEST_TEXT,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def trouble(chat_id: int, kind: str, what: str, more: int, words: Words) -> OwedCall:
    """To an administrator: an update was set aside."""
    sentence = words.say(
        "An update of kind {kind} could not be handled and was set aside: {what}.",
        kind=kind,
        what=what,
    )
    if more:
        sentence += " " + words.count("{n} more like it came.", "{n} more like it came.", more)
    # Names of kinds and files are full of underscores, which Markdown would take for emphasis.
    return html_message(chat_id, to_html([(plain(sentence),)]))


def case_trouble(chat_id: int, case_id: str, what: str, more: int, words: Words) -> OwedCall:
    """To an administrator: Telegram refused something of a case, in these words."""
    sentence = words.say(
        "Telegram refused something of the case {case}: {what}", case=case_id, what=what
    )
    if more:
        sentence += " " + words.count("{n} more like it came.", "{n} more like it came.", more)
    return html_message(chat_id, to_html([(plain(sentence),)]))


def updates_diverted(chat_id: int, words: Words) -> OwedCall:
    """To an administrator: votes and presses do not reach the bot."""
    sentence = words.say(
        "Another program with my token has set or removed a webhook: what people do may go there,"
        " and not to me. If it is yours, end it; if not, take a new token from @BotFather"
        " (/revoke). Where I work without a webhook, take it away: morning-report doctor"
        " --remove-webhook"
    )
    return html_message(chat_id, to_html([(plain(sentence),)]))


def damaged_tables(chat_id: int, tables: Iterable[str], words: Words) -> OwedCall:
    """To an administrator: the database is damaged where votes can do without it."""
    sentence = words.say(
        "The database is damaged in a part ({tables}): what needs that part fails, and all else"
        " goes on. Restore the last backup soon: morning-report restore FILE",
        tables=", ".join(tables),
    )
    return html_message(chat_id, to_html([(plain(sentence),)]))


def wrong_clock(chat_id: int, ours: int, theirs: int, words: Words) -> OwedCall:
    """To an administrator: this machine's clock shows ``ours``, Telegram's ``theirs`` (UTC ms)."""
    sentence = words.say(
        "The clock of the machine that I run on is wrong: it shows {ours}, Telegram's {theirs}"
        " (UTC). Until it is right I send nothing by schedule, close no question and delete"
        " nothing by age; answers count as ever. Let the system set it: timedatectl set-ntp true",
        ours=_date(ours),
        theirs=_date(theirs),
    )
    return html_message(chat_id, to_html([(plain(sentence),)]))


def _date(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M}"


def clock(minute: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minute // 60:02}:{minute % 60:02}"


def old_button(words: Words) -> Toast:
    """The answer to a press that nobody understands any more."""
    return Toast(words.say("This button no longer works. /case brings a case."), alert=True)


def counted_before_forgetting(words: Words) -> str:
    """A second answer to a question that its person answered before `/forget`."""
    return words.say(
        "You answered this question before /forget. That answer stays in the totals, without you,"
        " so it cannot be answered again."
    )


def rights_unknown(chat_id: int, words: Words) -> OwedCall:
    """Telegram does not say who administers the chat."""
    return message(
        chat_id,
        words.say("I could not find out who administers this chat. Please try again in a minute."),
    )
