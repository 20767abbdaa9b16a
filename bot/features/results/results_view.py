"""Leaderboard, weekly digest, and the results of a case: how a chat does over time."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.answer_marks import key_label
from bot.features.shared.messages import Keyboard, html_message, message, pages
from bot.features.shared.share_bars import share_bars
from content.disclosure import FEWEST, End, Told, coded
from content.markup import Paragraph, Run, parse, plain, to_html
from content.model import Question
from content.pages import Part
from storage.outcome import OwedCall


class Ranked(Struct, frozen=True):
    """A case, its share of right answers, and how many other cases have the same."""

    title: str
    share: Told
    others: int = 0


class WeekOfChat(Struct, frozen=True):
    """What a chat did in a week; ``worst`` is None where no case was answered worse than another.

    ``voters`` are people; ``anonymous`` counts votes in anonymous polls.
    """

    cases: int
    voters: int
    anonymous: int
    best: Ranked | None
    worst: Ranked | None


class ChatQuestion(Struct, frozen=True):
    """A question in one wording, over all the times that a chat was asked it.

    ``voters``, ``right`` and ``counts`` are of the times whose shares may be shown, ``people`` the
    voters of that with fewest; ``others`` answered at other times. ``right`` is None where nobody
    can know how many were.
    """

    question: Question
    times: int
    voters: int
    right: int | None
    counts: Mapping[int, int]
    others: int
    people: int = 0


def digest(chat_id: int, week: WeekOfChat, words: Words) -> OwedCall:
    """The week in a few lines."""
    head = words.count("📅 **This week:** {n} case", "📅 **This week:** {n} cases", week.cases)
    turnout = "".join(f" · {part}" for part in _turnout(week, words))
    paragraphs = list(parse(head + turnout))
    if week.best is not None and week.worst is None:
        paragraphs.append(_ranked(words.say("Answered right:"), week.best, words))
    elif week.best is not None and week.worst is not None:
        # Words that hold for any numbers: what is answered best may still be answered badly.
        paragraphs.append(_ranked(words.say("Most often right:"), week.best, words))
        paragraphs.append(_ranked(words.say("Least often right:"), week.worst, words))
    return html_message(chat_id, to_html(paragraphs))


def _ranked(label: str, case: Ranked, words: Words) -> Paragraph:
    """Titles stand in runs of their own: an author's asterisk is no emphasis of ours."""
    others = ""
    if case.others:
        others = " " + words.count("and {n} more", "and {n} more", case.others)
    return (
        plain(f"{label} "),
        Run(words.isolated(case.title), italic=True),
        plain(f"{others} · {words.percent(case.share)} ✓"),
    )


def _turnout(week: WeekOfChat, words: Words) -> Iterable[str]:
    if week.voters:
        yield words.count("{n} voter", "{n} voters", week.voters)
    if week.anonymous:
        yield words.count("{n} anonymous vote", "{n} anonymous votes", week.anonymous)


def case_results(
    chat_id: int,
    title: str,
    asked: Iterable[ChatQuestion],
    words: Words,
    keyboard: Keyboard = (),
) -> list[OwedCall]:
    """How a chat answered a case, question by question, in each wording it had."""
    parts = [Part(((Run(title, bold=True),),))]
    parts += [_asked(one, words) for one in asked]
    return pages(chat_id, parts, keyboard)


def _asked(one: ChatQuestion, words: Words) -> Part:
    key = "; ".join(one.question.choices[place].text for place in one.question.correct)
    answer: Paragraph = (
        plain(f"{key_label(one.question, words)} "),
        Run(words.isolated(key), bold=True),
    )
    prompt: Paragraph = (Run(one.question.prompt, italic=True),)
    asked = words.count("asked {n} time", "asked {n} times", one.times)
    if not one.voters and not one.others:
        return Part((prompt, (plain(words.say("Nobody has answered ({asked}).", asked=asked)),)))
    if not one.voters:
        head = words.count(
            "{n} has answered ({asked}).", "{n} have answered ({asked}).", one.others, asked=asked
        )
        return Part((prompt, (plain(head),), answer, _why_no_shares(words)))
    people = one.people or one.voters
    rest: list[Paragraph] = []
    if one.others:
        more = words.count("{n} more has answered.", "{n} more have answered.", one.others)
        rest = [(plain(more),), _why_no_shares(words)]
    if one.right is None or isinstance(coded(one.right / one.voters, people), End):
        head = words.count(
            "{n} answer ({asked}).", "{n} answers ({asked}).", one.voters, asked=asked
        )
    else:
        head = words.count(
            "{right} of {n} answer right ({asked}).",
            "{right} of {n} answers right ({asked}).",
            one.voters,
            right=one.right,
            asked=asked,
        )
    bars = share_bars(one.question, one.voters, one.counts, words, people)
    return Part((prompt, (plain(head),), answer, bars, *rest))


def _why_no_shares(words: Words) -> Paragraph:
    sentence = words.say(
        "How they answered is shown once a question has closed, and from {n} answers on.", n=FEWEST
    )
    return (Run(sentence, italic=True),)


def never_asked(chat_id: int, words: Words) -> OwedCall:
    """A case that this chat was never given, or that nobody knows."""
    return message(
        chat_id, words.say("No such case has been posted here. /results alone lists the latest.")
    )


def write_first_here(chat_id: int, link: str, words: Words) -> OwedCall:
    """To an administrator who cannot be written to in private."""
    sentence = words.say(
        "Results come in private. [Write to me]({url}) first, and then ask again here.", url=link
    )
    return message(chat_id, sentence)


def sent_in_private(chat_id: int, words: Words) -> OwedCall:
    """The results are on their way to whoever asked."""
    return message(chat_id, words.say("I have sent you the results in private."))


def sent_to_you(words: Words) -> str:
    """The same, over the chat."""
    return words.say("I have sent you the results in private.")


def write_first(username: str, words: Words) -> str:
    """What was asked for comes in private, where the bot may not write yet."""
    return words.say("Write to me first: @{username}. Then press again.", username=username)


def administrators_only(chat_id: int, words: Words) -> OwedCall:
    """`/results` by somebody else."""
    return message(chat_id, words.say("Results of a case are for this group's administrators."))
