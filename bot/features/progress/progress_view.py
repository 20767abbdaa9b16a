"""A learner's progress in words, which say all that the picture shows."""

from collections.abc import Iterator
from typing import Final

from bot.base.i18n import Words
from bot.features.progress import picture_view
from bot.features.progress.summary import MonthSummary, Rate, Summary
from bot.features.shared.buttons import REVIEW, what_next
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import month_name
from bot.features.shared.messages import message, pages, press
from content.markup import Paragraph, Run, parse, plain
from content.pages import Part
from storage.outcome import OwedCall

ENOUGH: Final = 20  # answers, from which on there is something to see in a picture
MOST_DUE: Final = 10  # reviews, as many as come in a day; more would look like a debt


def progress(chat_id: int, shown: Summary, words: Words) -> list[OwedCall]:
    """What there is to say, and from some answers on a picture as well."""
    if not shown.answers:
        sentence = words.say("You have not answered a question yet: then there is nothing to see.")
        return [message(chat_id, sentence, what_next(words))]
    title = (Run(words.say("Your progress"), bold=True),)
    head = Part((title, (plain("\n".join(_lines(shown, words))),)))
    if shown.answers < ENOUGH:
        more = words.say("From {n} answers on there is a picture too.", n=ENOUGH)
        return pages(chat_id, [head, Part(parse(more))], what_next(words))
    told = Part(tuple(_details(shown, words)), quote=True)
    review = [[press(words.say("Next review"), REVIEW)]] if shown.due else []
    return [*pages(chat_id, [head, told], review), picture_view.picture(chat_id, shown, words)]


def _lines(shown: Summary, words: Words) -> Iterator[str]:
    yield words.labelled(words.say("Cases seen"), str(shown.seen))
    if shown.first is not None:
        yield words.labelled(words.say("Right at the first try"), _rate(shown.first, words))
    due = str(shown.due) if shown.due <= MOST_DUE else words.say("{n} or more", n=MOST_DUE)
    yield words.labelled(words.say("Due for review"), due)
    if shown.weeks is not None:
        yield words.count(
            "Active in {active} of the last {n} week",
            "Active in {active} of the last {n} weeks",
            shown.weeks.of,
            active=shown.weeks.active,
        )


def _details(shown: Summary, words: Words) -> Iterator[Paragraph]:
    """Each chart's title and what it shows, in lines."""
    certainty = [
        words.labelled(picture_view.certainty_name(level, words), _rate(rate, words))
        for level, rate in shown.certainty.items()
    ]
    topics = [
        words.labelled(topic_name(topic, words), _rate(rate, words)) for topic, rate in shown.topics
    ]
    months = [_month(month, words) for month in shown.months if month.first or month.reviews]
    for title, lines in (
        (picture_view.by_certainty(words), certainty),
        (picture_view.by_topic(words), topics),
        (picture_view.by_month(words), months),
    ):
        if lines:
            yield (Run(title, bold=True), plain("\n" + "\n".join(lines)))
    coming = words.labelled(picture_view.to_come(words), str(sum(shown.coming)))
    yield (plain(coming),)


def _month(month: MonthSummary, words: Words) -> str:
    tries = (
        (picture_view.first_tries(words), month.first),
        (picture_view.reviews(words), month.reviews),
    )
    told = ", ".join(
        words.labelled(name, _rate(rate, words)) for name, rate in tries if rate is not None
    )
    return words.labelled(f"{month_name(month.day, words)} {month.day.year}", told)


def _rate(rate: Rate, words: Words) -> str:
    return words.say(
        "{percent} ({n} of {of})", percent=words.percent(rate.share), n=rate.right, of=rate.of
    )
