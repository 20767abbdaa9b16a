"""The explanation after an answer: what matters first, the rest folded, in one message if it fits.

Where it takes several, what is to be read at leisure goes ahead: the chat ends on the verdict.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cases import explanation_parts_view as parts
from bot.features.cases.explanation_parts_view import Answered
from bot.features.shared.messages import quoting
from content.model import Case
from content.pages import Layout, Part
from content.signed_digest import Signature
from storage.outcome import OwedCall
from storage.tallying import Tally


class ExplanationMessages(Struct, frozen=True):
    """HTML messages, each within Telegram's limits; ``common`` is how the first of them begin.

    That much is the same for all who chose alike.
    """

    messages: tuple[str, ...]
    common: tuple[str, ...]


class _Way(Struct, frozen=True):
    """A way to lay an explanation out: messages that go ahead, and the one that the rest joins."""

    ahead: Layout
    last: Layout


@lru_cache(maxsize=512)  # many people answer one case at a time
def after_question(answered: Answered, words: Words) -> ExplanationMessages:
    """What follows any question but the last: verdict, key point, whys, and what they cite."""
    case = answered.case
    position = case.questions.index(answered.question)
    above = [*_on_the_answer(answered, words), *parts.cited_here(case, position, words)]
    messages = Layout().adding(above).messages
    return ExplanationMessages(messages, messages)


def after_case(answered: Answered, tally: Tally, words: Words) -> ExplanationMessages:
    """What follows the last question: everything there is to know about the case."""
    counts = tuple(tally.choices.get(place, 0) for place in range(len(answered.question.choices)))
    peers = parts.peers(answered.question, tally.answers, counts, words)
    status = parts.status(answered.case, answered.signatures, words)
    return _ending_with([*peers, status], _ways(answered, words))


@lru_cache(maxsize=512)
def _ways(answered: Answered, words: Words) -> tuple[_Way, ...]:
    """What is the same for all who chose alike."""
    return _ways_of(answered.case, _on_the_answer(answered, words), words)


def for_everybody(
    case: Case,
    position: int,
    words: Words,
    above: Iterable[Part] = (),
    signatures: tuple[Signature, ...] = (),
) -> tuple[str, ...]:
    """What a chat may read once a question has closed, as messages; ``above`` stands at its head.

    After the last question it is the whole case.
    """
    question = case.questions[position]
    first = [*above, *parts.key_point(question, words), *parts.whys(question, (), words)]
    if position + 1 < len(case.questions):
        return Layout().adding([*first, *parts.cited_here(case, position, words)]).messages
    status = parts.status(case, signatures, words)
    return _ending_with([status], _ways_of(case, first, words)).messages


def naming(calls: Iterable[OwedCall], signatures: Iterable[Signature]) -> list[OwedCall]:
    """These messages of an explanation, known to name who signed the case."""
    named = [(one.person_id, one.name) for one in signatures]
    return [quoting(call, *named) if named else call for call in calls]


def _on_the_answer(answered: Answered, words: Words) -> list[Part]:
    """Verdict, key point and whys."""
    case, question = answered.case, answered.question
    head = [parts.heading(case, case.questions.index(question), words)] if answered.headed else []
    return [
        *head,
        parts.verdict(answered, words),
        *parts.notes(answered),
        *parts.key_point(question, words),
        *parts.whys(question, answered.chosen, words),
    ]


def _ways_of(case: Case, above: Sequence[Part], words: Words) -> tuple[_Way, ...]:
    """All in one message; else the discussion ahead; else the sources as well.

    What is longer than a message without either comes in the order in which it is read.
    """
    title, discussion = parts.title(case, words), parts.discussion(case)
    sources = parts.sources(case, words)
    ways = [
        _Way(Layout().adding([title, *ahead] if ahead else []), Layout().adding([*above, *kept]))
        for ahead, kept in (
            ([], [*discussion, sources]),
            (discussion, [sources]),
            ([*discussion, sources], []),
        )
    ]
    return (*(way for way in ways if not way.last.full), ways[0])


def _ending_with(end: Sequence[Part], ways: Sequence[_Way]) -> ExplanationMessages:
    """Laid out in the first way that leaves one message for all that does not go ahead."""
    for way in ways:
        last = way.last.adding(end)
        if not last.full:
            break
    messages = (*way.ahead.messages, *last.messages)
    return ExplanationMessages(messages, (*way.ahead.messages, *way.last.messages))
