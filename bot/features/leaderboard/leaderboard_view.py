"""A chat's leaderboard."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.shared.messages import html_message, message, press, quoting
from bot.features.shared.shown_names import shown_name
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.chats import LeaderboardEntry
from storage.outcome import OwedCall

BOARD = "board:"  # and then one of these
SHOW = "show"
HIDE = "hide"


def leaderboard(
    chat_id: int, entries: Sequence[LeaderboardEntry], days: int, words: Words
) -> OwedCall:
    """The best of the last days; names only of those who agreed."""
    head = parse(
        words.count(
            "🏆 **Leaderboard** of the last {n} day",
            "🏆 **Leaderboard** of the last {n} days",
            days,
        )
    )
    if entries:
        earned = [(one.score, one.answers) for one in entries]
        # Equals share a place: nothing but their ids would say who goes first.
        places = [earned.index(points) + 1 for points in earned]
        rows = [_place(place, one, words) for place, one in zip(places, entries, strict=True)]
        body: Paragraph = (plain("\n".join(rows)),)
        named = [
            (one.person_id, row)
            for one, row in zip(entries, rows, strict=True)
            if one.name is not None
        ]
    else:
        named = []
        body = (plain(words.say("Nothing yet: no question with answers has closed.")),)
    foot = words.say(
        "Points are for right answers to closed questions that were new to whoever answered, the"
        " first time that a case is asked here; what a member asked for counts from three answers"
        " on. Each decides whether to be named."
    )
    note: Paragraph = (Run(foot, italic=True),)
    buttons = (
        (
            press(words.say("Show my name"), BOARD + SHOW),
            press(words.say("Hide my name"), BOARD + HIDE),
        ),
    )
    return quoting(html_message(chat_id, to_html((*head, body, note)), buttons), *named)


def no_leaderboard(chat_id: int, words: Words) -> OwedCall:
    """It is off, as at first."""
    return message(
        chat_id,
        words.say("The leaderboard is off here. An administrator can switch it on: /settings"),
    )


def _place(number: int, one: LeaderboardEntry, words: Words) -> str:
    name = words.say("a colleague") if one.name is None else shown_name(one.name, words)
    whole, tenth = f"{one.score:.1f}".split(".")
    points = whole if tenth == "0" else words.say("{whole}.{tenth}", whole=whole, tenth=tenth)
    return words.say(
        "{number}. {name} · {points} of {n}", number=number, name=name, points=points, n=one.answers
    )
