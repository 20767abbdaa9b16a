"""Numbers of items in words: short, for a phone's width."""

from collections.abc import Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.shared.share_bars import bar
from content.disclosure import End, coded
from content.item_alarms import Alarm, BelowChance, DistractorAboveKey, RightKnowLess
from content.item_statistics import (
    ChoiceTaken,
    Discrimination,
    ItemStatistics,
    TooFew,
)
from content.lint.negation import negation
from content.model import Question
from content.statistics import Interval

_MINUS: Final = "\N{MINUS SIGN}"


def decimal(value: float | None, words: Words) -> str:
    """With two digits behind the point; None: it cannot be told."""
    if value is None:
        return "–"
    whole, hundredths = divmod(round(abs(value) * 100), 100)
    number = words.say("{whole}.{hundredths}", whole=whole, hundredths=f"{hundredths:02}")
    return f"{_MINUS}{number}" if value < 0 and (whole or hundredths) else number


def interval_of(interval: Interval, words: Words) -> str:
    """Of shares of one."""
    low, high = words.percent(interval.low), words.percent(interval.high)
    return words.say("{low} to {high}", low=low, high=high)


def too_few(number: TooFew, words: Words) -> str:
    """Instead of a number: "too few (12 of 30)"."""
    return words.say("too few ({n} of {needed})", n=number.people, needed=number.needed)


def share_right(statistics: ItemStatistics, words: Words) -> str:
    """How many are right, as it may be told: at an end of the scale without an interval, which
    would tell more.
    """
    found = statistics.share_right
    if isinstance(found, TooFew):
        return too_few(found, words)
    told = coded(found.share, statistics.answers)
    if isinstance(told, End):
        return words.percent(told)
    return words.say(
        "{share} (95% interval {interval})",
        share=words.percent(told),
        interval=interval_of(found.interval, words),
    )


def in_short(statistics: ItemStatistics, words: Words) -> str:
    """Both numbers that matter most, with the people behind them, on one line."""
    found, related = statistics.share_right, statistics.discrimination
    if isinstance(found, TooFew):
        return words.count("{n} answer", "{n} answers", statistics.answers)
    share, n = words.percent(coded(found.share, statistics.answers)), statistics.answers
    if isinstance(related, TooFew):
        return words.say("{share} right of {n}", share=share, n=n)
    value = decimal(related.rest_correlation, words)
    return words.say("{share} right of {n} · correlation {value}", share=share, n=n, value=value)


def choices(question: Question, taken: Sequence[ChoiceTaken] | None, words: Words) -> str:
    """A line for each choice: whether it is right; and, as far as it is told, its share and whether
    it is idle.
    """
    lines = []
    for place, choice in enumerate(question.choices):
        before, after = _marks(question, words) if choice.correct else ("", "")
        line = f"{before}{words.isolated(choice.text)}{after}"
        if taken is not None:
            one = taken[place]
            idle = words.say(" · idle") if one.idle else ""
            line = f"{bar(one.share)} {words.percent(one.share)} {line}{idle}"
        lines.append(words.lead + line)
    return "\n".join(lines)


def _marks(question: Question, words: Words) -> tuple[str, str]:
    """What stands before a right choice and behind it: see ``features.shared.answer_marks``."""
    if negation(question.prompt):
        return "", f" · {words.say('right answer')}"
    return "✓ ", ""


def discrimination(found: Discrimination, words: Words) -> list[str]:
    """A line for each measure."""
    whole = decimal(found.upper_less_lower, words)
    value = decimal(found.rest_correlation, words)
    lines = [words.say("Upper less lower 27%: {value}", value=whole)]
    if found.rest_correlation is None or found.interval is None:
        lines.append(words.say("Correlation with the rest: {value}", value=value))
    else:
        low, high = (decimal(end, words) for end in (found.interval.low, found.interval.high))
        index = _hundredfold(found.rest_correlation)
        lines += [
            words.say(
                "Correlation with the rest: {value} ({low} to {high})",
                value=value,
                low=low,
                high=high,
            ),
            words.say("Moodle's discrimination index: {value}%", value=index),
        ]
    if found.efficiency is not None:
        share = _hundredfold(found.efficiency)
        lines.append(words.say("Discriminative efficiency: {value}%", value=share))
    return lines


def _hundredfold(value: float) -> str:
    return f"{round(value * 100)}".replace("-", _MINUS)


def alarm(one: Alarm, question: Question, words: Words) -> str:
    """What alarms, and what to look at."""
    match one:
        case BelowChance(chance=chance, share_right=interval):
            return words.say(
                "Fewer are right than by guessing: {high} at most, and guessing gives {chance}."
                " Is the key right?",
                high=words.percent(interval.high),
                chance=words.percent(chance),
            )
        case RightKnowLess(rest_correlation=interval):
            return words.say(
                "Who is right here does worse in other questions (correlation {high} at most). Is"
                " the key right, or does the wording mislead?",
                high=decimal(interval.high, words),
            )
        case DistractorAboveKey(choice=place):
            return words.say(
                "Who takes “{choice}” does better in other questions than who is right. Is that"
                " choice right too?",
                choice=question.choices[place].text,
            )
