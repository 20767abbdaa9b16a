"""The picture of a learner's progress: its words in their language."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.base.i18n import Words
from bot.features.progress.summary import FEW, FEWEST_OF_TOPIC, MonthSummary, Rate, Summary
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import month_name, whole_date
from bot.features.shared.file_messages import picture_message
from bot.files import progress_picture as drawn
from bot.files.shares import Point, Share, Shares
from storage.outcome import OwedCall

MOST_TOPICS: Final = 6


def picture(chat_id: int, shown: Summary, words: Words) -> OwedCall:
    """Drawn when it is sent; where that fails, a sentence says so in its place."""
    drawing = drawn.ProgressPicture(
        _certainty(shown, words),
        _topics(shown, words),
        drawn.Months(
            by_month(words),
            tuple(_month(month, shown.months, words) for month in shown.months),
            first_tries(words),
            reviews(words),
        ),
        _days(shown, words),
        (words.percent(0), words.percent(0.5), words.percent(1)),
        words.say("Hollow: fewer than {n} answers. Lines: 95% intervals.", n=FEW),
        words.right_to_left,
    )
    instead = words.say("The picture could not be drawn this time; /progress tries again.")
    caption = words.say("Your progress, {date}", date=whole_date(shown.today, words))
    return picture_message(chat_id, drawing, caption, instead)


def by_certainty(words: Words) -> str:
    """What shares by confidence are headed."""
    return words.say("Right, by how sure you were")


def by_topic(words: Words) -> str:
    """What shares by topic are headed."""
    return words.say("Right at the first try, by topic")


def by_month(words: Words) -> str:
    """What shares by month are headed."""
    return words.say("Right, by month")


def first_tries(words: Words) -> str:
    """Answers to what was new."""
    return words.say("First tries")


def reviews(words: Words) -> str:
    """Answers to what was reviewed."""
    return words.say("Reviews")


def to_come(words: Words) -> str:
    """What reviews of the days ahead are headed."""
    return words.say("Reviews to come in the next two weeks")


def certainty_name(level: str, words: Words) -> str:
    """How sure somebody said they were."""
    match level:
        case "certain":
            return words.say("Certain")
        case "fairly":
            return words.say("Fairly sure")
    return words.say("Guess")


def _certainty(shown: Summary, words: Words) -> Shares:
    rows = ((certainty_name(level, words), rate) for level, rate in shown.certainty.items())
    instead = words.say("Say how sure you are before you vote, and here you see how right that is.")
    return Shares(by_certainty(words), tuple(_share(*row) for row in rows), instead)


def _topics(shown: Summary, words: Words) -> Shares:
    """Those answered most, the best first."""
    most = sorted(shown.topics, key=lambda one: -one[1].of)[:MOST_TOPICS]
    rows = (
        (topic_name(topic, words), rate) for topic, rate in shown.topics if (topic, rate) in most
    )
    instead = words.say("From {n} answers on, a topic is shown here.", n=FEWEST_OF_TOPIC)
    return Shares(by_topic(words), tuple(_share(*row) for row in rows), instead)


def _share(label: str, rate: Rate) -> Share:
    interval = rate.interval
    told = f"{rate.right}/{rate.of}"
    return Share(label, rate.share, interval.low, interval.high, rate.few, told)


def _month(month: MonthSummary, months: Sequence[MonthSummary], words: Words) -> drawn.Month:
    """With its year where that begins, or where no year does."""
    first = months[0]
    begins = month.day.month == 1 or (month is first and all(m.day.month != 1 for m in months))
    return drawn.Month(
        month_name(month.day, words),
        str(month.day.year) if begins else "",
        _point(month.first),
        _point(month.reviews),
    )


def _point(rate: Rate | None) -> Point | None:
    return None if rate is None else Point(rate.share, rate.few)


def _days(shown: Summary, words: Words) -> drawn.Days:
    days = []
    for ahead, due in enumerate(shown.coming):
        day = shown.today + timedelta(days=ahead)
        name = month_name(day, words) if ahead == 0 or day.day == 1 else ""
        days.append(drawn.Day(str(day.day), name, due))
    instead = words.say("Nothing falls due.")
    return drawn.Days(to_come(words), tuple(days), instead)
