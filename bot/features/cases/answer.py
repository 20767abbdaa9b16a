"""Votes in polls: graded, recorded once, and answered with the explanation."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeGuard, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.features.cases import case_replies_view
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.follow_up import VoteInPrivate, follow_up
from bot.features.cases.recall import Recall, Recalled, recall
from bot.features.cases.recall_view import notes
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.features.shared.visitors import Visit, Visitor, visit_of
from bot.services import Services
from content.grading import grade
from content.signing import holding
from content.snapshot import Snapshot
from storage.errors import StorageError
from storage.facts import AnswerWithdrawn
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import AnswerParked
from storage.polls import KnownPoll, Question
from storage.practice import BeforeVote
from storage.tallying import Tallies
from storage.votes import Past, PersonAndRevision, VoteContext

Result = TypeVar("Result")


class Vote(Struct, frozen=True):
    """A person's vote; ``option_ids`` are places in the poll as sent, none if taken back.

    ``received_at`` is UTC milliseconds; ``fresh``: the vote did not wait in a backlog.
    """

    update_id: int
    poll_id: str
    visitor: Visitor
    option_ids: tuple[int, ...]
    received_at: int
    fresh: bool


class _FirstAnswer(Struct, frozen=True):
    """A first answer to a question of a post, ready to be graded."""

    vote: Vote
    visit: Visit
    poll: KnownPoll
    asked: PostedQuestion
    revision: str
    before: BeforeVote
    recall: Recall | None = None


class _PastAnswers(Struct):
    """Who has answered what before; and each wording's tallies, with the answers graded so far."""

    answered: frozenset[PersonAndRevision]
    tallies: dict[str, Tallies]


async def answer_all(services: Services, votes: Sequence[Vote]) -> list[Outcome | Exception]:
    """What the votes of as many people come to: recorded, or parked while a poll is not known.

    An error is that of the vote in its place alone. Raises StorageError.
    """
    cast = [(vote.visitor.person_id, vote.poll_id) for vote in votes]
    contexts = await services.store.votes.read(cast)
    received = [
        _errors_of(partial(_received, services, vote, context))
        for vote, context in zip(votes, contexts, strict=True)
    ]
    told = [await _recalled(services, one) if _tells_more(one) else one for one in received]
    past = await _past(services, [one for one in told if isinstance(one, _FirstAnswer)])
    return [
        _errors_of(partial(_graded, services, one, past)) if isinstance(one, _FirstAnswer) else one
        for one in told
    ]


async def record(services: Services, vote: Vote, poll: KnownPoll) -> Outcome:
    """Grade and record a vote in a known poll; only the first answer counts."""
    voter, asked, polls = vote.visitor.person_id, poll.question, services.store.polls
    answered = forgotten = False
    before = BeforeVote()
    if asked.post_id is not None:
        question = (voter, asked.post_id, asked.position)
        answered = await polls.has_answered(*question)
        forgotten = await polls.was_forgotten(*question)
        before = await services.store.practices.before_vote(*question)
    person = await services.store.people.get(voter)
    context = VoteContext(poll, person, answered, forgotten, before=before)
    answer = _received(services, vote, context)
    if isinstance(answer, Outcome):
        return answer
    told = await _recalled(services, answer) if _tells_more(answer) else answer
    if isinstance(told, Exception):
        raise told
    return _graded(services, told, await _past(services, [told]))


def _errors_of(work: Callable[[], Result]) -> Result | Exception:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        return error


def _tells_more(one: _FirstAnswer | Outcome | Exception) -> TypeGuard[_FirstAnswer]:
    """Whether more is to be said of it than its verdict: of few, hence asked first."""
    if not isinstance(one, _FirstAnswer) or _in_group(one.poll.question):
        return False
    return one.before.purpose == "review" or one.before.confidence == "certain"


async def _recalled(services: Services, one: _FirstAnswer) -> _FirstAnswer | Exception:
    """The same, with what else is to be said.

    Raises StorageError; any other error is this vote's alone.
    """
    before, asked = one.before, one.asked
    answer = Recalled(
        *(one.visit.person_id, asked.case, asked.position, one.vote.option_ids),
        *(one.vote.received_at, before.confidence, before.purpose, before.variant),
    )
    try:
        return replace(one, recall=await recall(services, answer))
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
        return error


async def _past(services: Services, answers: Sequence[_FirstAnswer]) -> _PastAnswers:
    wanted = {(answer.visit.person_id, answer.revision) for answer in answers}
    past = await services.store.votes.past(wanted) if wanted else Past(frozenset(), {})
    return _PastAnswers(past.answered, {**past.tallies})


def _received(services: Services, vote: Vote, context: VoteContext) -> _FirstAnswer | Outcome:
    """A vote that is to be graded, or what it comes to where it is not."""
    if context.poll is None:
        return _parked(vote)
    visit = visit_of(services, vote.visitor, context.voter)
    asked = context.poll.question
    if context.forgotten:
        counted = case_replies_view.answered_before_forgetting(visit.person_id, visit.words)
        return NOTHING if _in_group(asked) else Outcome((visit.met,), (counted,))
    if not vote.option_ids:
        return _withdrawn(visit, context.poll, vote) if context.answered else NOTHING
    if context.answered:
        again = case_replies_view.already_answered(visit.person_id, visit.words)
        return NOTHING if _in_group(asked) else Outcome((visit.met,), (again,))
    if _too_late(vote, context.poll):
        return NOTHING
    if context.earlier_waits:
        # After a crash there may be two polls of one question: the first vote is what counts.
        return _parked(vote)
    question = PostedQuestion(Snapshot.from_json(asked.snapshot), asked.position, asked.post_id)
    return _FirstAnswer(vote, visit, context.poll, question, question.revision, context.before)


def _too_late(vote: Vote, poll: KnownPoll) -> bool:
    """Whether it came in a copy of a question's poll after the question's results.

    What waited in a backlog may have been given before, and counts.
    """
    return poll.outlived_at is not None and vote.fresh and vote.received_at >= poll.outlived_at


def _parked(vote: Vote) -> Outcome:
    if not vote.option_ids:
        return NOTHING
    parked = AnswerParked(
        vote.update_id,
        vote.poll_id,
        vote.visitor.person_id,
        vote.visitor.language_code,
        vote.option_ids,
        vote.received_at,
        vote.fresh,
    )
    return Outcome((parked,))


def _graded(services: Services, answer: _FirstAnswer, past: _PastAnswers) -> Outcome:
    """In a private chat the explanation follows.

    In a group it would spoil the case for others: there it waits behind a button.
    """
    vote, visit, poll, asked = answer.vote, answer.visit, answer.poll, answer.asked
    before = answer.before
    taken = _time_taken(vote, poll)
    response = Response(vote.option_ids, vote.received_at, taken, before.confidence)
    again = (visit.person_id, answer.revision) in past.answered
    # A review is a repeat, and so is another wording of what they have met.
    first = not again and before.purpose != "review" and before.variant is None
    given = graded_answer(visit.person_id, asked, response, first=first)
    if first:
        so_far = past.tallies[answer.revision]
        past.tallies[answer.revision] = so_far.with_answer(given.choices)
    if _in_group(poll.question):
        return Outcome((given,))
    tally = past.tallies[answer.revision].shown
    graded = grade(asked.question, given.choices)
    said = () if answer.recall is None else notes(answer.recall, visit.words)
    signed = holding(services.library, asked.snapshot)
    shown = Answered(asked.case, asked.question, given.choices, graded, said, signed)
    came = () if visit.known else (visit.met,)
    in_private = VoteInPrivate(visit, poll, before, answer.recall)
    told = follow_up(services, in_private, shown, tally)
    return Outcome((*came, given, *told.facts), told.owed)


def _in_group(question: Question) -> bool:
    return question.chat_id is not None and question.chat_id < 0


def _withdrawn(visit: Visit, poll: KnownPoll, vote: Vote) -> Outcome:
    asked = poll.question
    if asked.post_id is None:
        return NOTHING
    fact = AnswerWithdrawn(visit.person_id, asked.post_id, asked.position, vote.received_at)
    if _in_group(asked):
        return Outcome((fact,))
    return Outcome(
        (visit.met, fact), (case_replies_view.answer_stands(visit.person_id, visit.words),)
    )


def _time_taken(vote: Vote, poll: KnownPoll) -> int | None:
    """Milliseconds from sending to receipt; a vote itself carries no date."""
    if poll.sent_at is None or not vote.fresh:
        return None
    # Nobody knows where the clock was set meanwhile.
    taken = vote.received_at - poll.sent_at
    return taken if taken >= 0 else None
