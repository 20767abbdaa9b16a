"""Numbers of a cohort in words, as its message, picture and workbook tell them."""

from bot.base.i18n import Words
from bot.features.reports.cohort_values import AnswerCount, CohortNumbers, QuestionNumbers
from bot.features.shared.case_names import question_of


def rate(answered: AnswerCount | None, words: Words) -> str:
    """A share right with its interval, coded where few people stand behind it."""
    if answered is None:
        return words.say("too few people to tell")
    share, interval = words.percent(answered.told), answered.interval
    if interval is None:
        return share
    return words.say(
        "{share} ({low} to {high})",
        share=share,
        low=words.percent(interval.low),
        high=words.percent(interval.high),
    )


def question_name(one: QuestionNumbers, words: Words) -> str:
    """A question by the title of its case, and its place where there are several."""
    if one.of == 1:
        return one.title
    which = question_of(one.position + 1, one.of, words)
    return words.say("{title} · {which}", title=one.title, which=which)


def wrong_choice(one: QuestionNumbers) -> str | None:
    """The wrong choice that most took, where that may be told."""
    return None if one.wrong is None else one.question.choices[one.wrong].text


def notes(numbers: CohortNumbers, words: Words) -> list[str]:
    """What must be known to read the numbers."""
    lines = [words.say("Shares are told of 5 people or more.")]
    if numbers.members > numbers.named:
        lines.append(
            words.say(
                "Members under an alias count in totals alone, and only where 5 or more of them"
                " are in it. Each such number may be off by one, so that nobody's answer can be"
                " worked out."
            )
        )
    return lines
