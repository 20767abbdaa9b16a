"""A chat's leaderboard."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.shared.messages import html_message, message, press, quoting
from bot.features.shared.shown_names import shown_name
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.chats import LeaderboardEntry
from storage.outcome import OwedCall, Toast

BOARD = "board:"  # and then one of these
SHOW = "show"
HIDE = "hide"
ME = "me"


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
        places = _places(entries)
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
        (press(words.say("Where am I?"), BOARD + ME),),
    )
    return quoting(html_message(chat_id, to_html((*head, body, note)), buttons), *named)


def own_place(entries: Sequence[LeaderboardEntry], person_id: int, words: Words) -> Toast:
    """Where a person stands among all, and what others see of them; for them alone."""
    for place, one in zip(_places(entries), entries, strict=True):
        if one.person_id == person_id:
            mine = words.say(
                "You are number {number}, with {points} of {n}.",
                number=place,
                points=_points(one, words),
                n=one.answers,
            )
            seen = (
                words.say("To others you are “a colleague”.")
                if one.name is None
                else words.say("Others see your name.")
            )
            return Toast(f"{mine} {seen}", alert=True)
    return Toast(words.say("You are not on this leaderboard yet."), alert=True)


def off(words: Words) -> Toast:
    """A press under an old leaderboard."""
    return Toast(words.say("The leaderboard is off here."), alert=True)


def no_leaderboard(chat_id: int, words: Words) -> OwedCall:
    """It is off, as at first."""
    return message(
        chat_id,
        words.say("The leaderboard is off here. An administrator can switch it on: /settings"),
    )


def _place(number: int, one: LeaderboardEntry, words: Words) -> str:
    name = words.say("a colleague") if one.name is None else shown_name(one.name, words)
    return words.say(
        "{number}. {name} · {points} of {n}",
        number=number,
        name=name,
        points=_points(one, words),
        n=one.answers,
    )


def _places(entries: Sequence[LeaderboardEntry]) -> list[int]:
    """Equals share a place: nothing but their ids would say who goes first."""
    earned = [(one.score, one.answers) for one in entries]
    first = {points: number for number, points in reversed(list(enumerate(earned, start=1)))}
    return [first[points] for points in earned]


def _points(one: LeaderboardEntry, words: Words) -> str:
    whole, tenth = f"{one.score:.1f}".split(".")
    return whole if tenth == "0" else words.say("{whole}.{tenth}", whole=whole, tenth=tenth)
