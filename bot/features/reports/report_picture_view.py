"""The picture of a cohort's report: its words in the language of who reads it."""

from bot.base.i18n import Words
from bot.base.time_units import WEEK_MS
from bot.features.reports.cohort_report_view import (
    MOST_LISTED,
    Reported,
    notes,
    question_name,
    recent,
)
from bot.features.reports.cohort_values import AnswerCount, QuestionNumbers, WeekNumbers
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import short_date, whole_date
from bot.features.shared.file_messages import picture_message
from bot.files.report_picture import Missed, OnTime, QuestionBar, ReportPicture, WeekPoint, Weeks
from bot.files.shares import Point, Share, Shares
from content.disclosure import End, Told, coded
from content.statistics import Interval
from storage.outcome import OwedCall

_FEW = 20  # people, of fewer a mark is hollow


def picture(chat_id: int, shown: Reported, words: Words) -> OwedCall:
    """Drawn when it is sent; where that fails, a sentence says so in its place."""
    numbers = shown.numbers
    day = whole_date(shown.day(shown.now), words)
    drawing = ReportPicture(
        shown.cohort.title,
        day,
        _on_time(shown, words),
        Shares(
            words.say("Weakest topics, right"),
            tuple(
                _topic(topic, answered, words) for topic, answered in numbers.topics[:MOST_LISTED]
            ),
            words.say("Too few people to tell."),
        ),
        Missed(
            words.say("Most missed questions, wrong"),
            tuple(_question(one, words) for one in numbers.questions[:MOST_LISTED]),
            words.say("Too few people to tell."),
        ),
        Weeks(
            words.say("Right, of what closed in the week to …"),
            tuple(_week(one, shown, words) for one in reversed(numbers.weeks)),
            words.say("Nothing closed in these weeks."),
        ),
        (words.percent(0), words.percent(0.5), words.percent(1)),
        " ".join(
            [
                words.say("Lines: 95% intervals. Hollow: fewer than {n} people.", n=_FEW),
                *notes(numbers, words),
            ]
        ),
        words.right_to_left,
    )
    instead = words.say("The picture could not be drawn this time; /report tries again.")
    caption = words.say("{title}, {date}", title=shown.cohort.title, date=day)
    return picture_message(chat_id, drawing, caption, instead)


def drawn_at(told: Told) -> float:
    """Where a share stands in a picture: one that is coded, at the end that it may be told at."""
    return told.value if isinstance(told, End) else told


def _on_time(shown: Reported, words: Words) -> OnTime:
    """Of all that closed in the last weeks, each member's work for itself."""
    each = recent(shown)
    done, people = sum(one.on_time for one in each), sum(one.members for one in each)
    return OnTime(
        words.say("Done on time, of what closed"),
        done,
        people,
        words.say("{n} of {of}", n=done, of=people),
        words.say("Nothing closed in these weeks."),
    )


def _topic(topic: str, answered: AnswerCount, words: Words) -> Share:
    at = drawn_at(answered.told)
    ends = answered.interval or Interval(at, at)
    few, told = answered.people < _FEW, words.percent(answered.told)
    return Share(topic_name(topic, words), at, ends.low, ends.high, few, told)


def _question(one: QuestionNumbers, words: Words) -> QuestionBar:
    told = coded(1 - one.answered.share, one.answered.people)
    return QuestionBar(question_name(one, words), drawn_at(told), words.percent(told))


def _week(one: WeekNumbers, shown: Reported, words: Words) -> WeekPoint:
    name = short_date(shown.day(shown.now - one.back * WEEK_MS), words)
    if one.answered is None:
        return WeekPoint(name, None)
    at = drawn_at(one.answered.told)
    return WeekPoint(name, Point(at, one.answered.people < _FEW))
