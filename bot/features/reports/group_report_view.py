"""The report of a group or channel: text with bars, for a phone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.case_names import question_of, topic_name
from bot.features.shared.dates import short_date
from bot.features.shared.messages import message, pages
from bot.features.shared.share_bars import bar
from bot.features.shared.shown_names import shown_title
from content.disclosure import FEWEST, coded
from content.markup import Paragraph, Run, plain
from content.pages import Part
from storage.outcome import OwedCall

MOST_MISSED: Final = 5
MOST_TOPICS: Final = 8


class WeekTurnout(Struct, frozen=True):
    """A week by its Monday: how many questions closed, and who answered them.

    ``voters`` are people; ``anonymous`` counts votes in anonymous polls.
    """

    monday: date
    questions: int
    voters: int
    anonymous: int


class MissedQuestion(Struct, frozen=True):
    """A question, the ``number``-th of ``count`` in its case: ``right`` of so many answers.

    ``people`` answered at the time when fewest did; ``wrong`` is the commonest wrong choice, where
    it may be named.
    """

    title: str
    number: int
    count: int
    right: int
    answers: int
    people: int
    wrong: str | None


class TopicShare(Struct, frozen=True):
    """A topic: ``right`` of so many answers, ``people`` to the question with fewest."""

    topic: str
    right: int
    answers: int
    people: int


class GroupReport(Struct, frozen=True):
    """What a chat's administrators are told: since ``since`` so many questions ``closed`` there.

    ``weeks`` are whole and in their order, ``missed`` and ``topics`` begin with the weakest.
    """

    title: str
    since: date
    closed: int
    weeks: Sequence[WeekTurnout]
    missed: Sequence[MissedQuestion]
    topics: Sequence[TopicShare]


def report(chat_id: int, told: GroupReport, words: Words) -> list[OwedCall]:
    """The whole report; of a part that has nothing to tell, why not."""
    since = short_date(told.since, words)
    title = words.isolated(shown_title(told.title, words))
    head: Paragraph = (Run(words.say("Report"), bold=True), plain(f" · {title}"))
    if not told.closed:
        none = words.say("No question has closed here since {date}.", date=since)
        return pages(chat_id, [Part((head, (plain(none),)))])
    parts = [Part((head,)), _weeks(told.weeks, words)]
    if told.topics:
        missed = words.say("Most often missed since {date}", date=since)
        topics = words.say("Topics since {date}, the weakest first", date=since)
        if told.missed:
            parts.append(_listed(missed, _missed(told.missed[:MOST_MISSED], words)))
        parts.append(_listed(topics, _topics(told.topics[:MOST_TOPICS], words)))
    fewest = words.say(
        "Shares are of closed questions that at least {n} people answered.", n=FEWEST
    )
    return pages(chat_id, [*parts, Part(((Run(fewest, italic=True),),))])


def _weeks(weeks: Sequence[WeekTurnout], words: Words) -> Part:
    head = words.say("Weeks from Monday to Sunday")
    if not weeks:
        none = words.say("From the first whole week on, turnout is shown here.")
        return _listed(head, [none])
    most = max(one.voters + one.anonymous for one in weeks) or 1
    return _listed(head, (_week(one, most, words) for one in weeks))


def _week(week: WeekTurnout, most: int, words: Words) -> str:
    told = [short_date(week.monday, words)]
    if week.voters or not week.anonymous:
        told.append(words.count("{n} voter", "{n} voters", week.voters))
    if week.anonymous:
        told.append(words.count("{n} anonymous vote", "{n} anonymous votes", week.anonymous))
    told.append(words.count("{n} question", "{n} questions", week.questions))
    full = bar((week.voters + week.anonymous) / most)
    return f"{words.lead}{full} {' · '.join(told)}"


def _missed(missed: Iterable[MissedQuestion], words: Words) -> Iterator[str]:
    for one in missed:
        name = words.isolated(one.title)
        if one.count > 1:
            name += f" · {question_of(one.number, one.count, words)}"
        yield _share(one.right, one.answers, one.people, name, words)
        if one.wrong is not None:
            yield words.say("Often chosen: {choice}", choice=one.wrong)


def _topics(topics: Iterable[TopicShare], words: Words) -> Iterator[str]:
    for one in topics:
        yield _share(one.right, one.answers, one.people, topic_name(one.topic, words), words)


def _share(right: int, answers: int, people: int, name: str, words: Words) -> str:
    share = right / answers
    return f"{words.lead}{bar(share)} {words.percent(coded(share, people))} {name}"


def _listed(head: str, lines: Iterable[str]) -> Part:
    return Part(((Run(head, bold=True), plain("\n" + "\n".join(lines))),))


def report_sent(words: Words) -> str:
    """The report is on its way to whoever asked, said over the chat."""
    return words.say("I have sent you the report in private.")


def report_sent_in_private(chat_id: int, words: Words) -> OwedCall:
    """The same, in the chat."""
    return message(chat_id, report_sent(words))
